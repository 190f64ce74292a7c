import { hash } from '../../random.ts';
import type { View } from '../read/view.ts';
import type { Settings } from '../settings.ts';
import type { Row } from '../store/row.ts';
import type { Accessor } from './compile.ts';
import { ConditionError } from './expression.ts';
import { resolveRowPath } from './resolve.ts';

interface Key {
  readonly isId: boolean;
  readonly accessor: Accessor<Row>;
  readonly direction: 1 | -1;
}

function parseKey(view: View, part: string): Key {
  const [path = '', direction = 'asc', ...more] = part.trim().split(/\s+/);
  const lower = direction.toLowerCase();
  if (path === '' || more.length > 0 || (lower !== 'asc' && lower !== 'desc')) {
    throw new ConditionError(`orderBy "${part.trim()}" is not understood: write a name, then asc or desc.`);
  }
  return {
    isId: path.toLowerCase() === 'id',
    accessor: resolveRowPath(view, path),
    direction: lower === 'asc' ? 1 : -1,
  };
}

function sortable(value: unknown): string | number | undefined {
  if (typeof value === 'string') return value.toLowerCase();
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** Missing values come first, as in SQL Server. */
function compareValues(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}

/** Orders rows that come in id order. Throws `ConditionError` for an order it does not understand. */
export function orderRows(
  view: View,
  orderBy: string | null,
  settings: Settings,
  rows: readonly Row[],
): readonly Row[] {
  if (!orderBy) {
    if (settings.defaultOrder === 'id') return rows;
    return rows.toSorted((a, b) => hash(`order/${a.id}`) - hash(`order/${b.id}`));
  }
  const keys = orderBy.split(',').map((part) => parseKey(view, part));
  const [first] = keys;
  if (first?.isId) return first.direction === 1 ? rows : rows.toReversed();
  const decorated = rows.map((row) => ({ row, values: keys.map(({ accessor }) => sortable(accessor.read(row))) }));
  decorated.sort((a, b) => {
    for (const [at, { direction }] of keys.entries()) {
      const order = compareValues(a.values[at], b.values[at]) * direction;
      if (order !== 0) return order;
    }
    return a.row.id - b.row.id;
  });
  return decorated.map(({ row }) => row);
}
