import { z, type ZodType } from 'zod';
import { isBlank } from '../domain/values.ts';
import type { MappingRow } from './contract.ts';
import type { Transform } from './transform.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A mapping row made ready to read with. */
export interface Column {
  readonly field: string;
  /** One level or two. */
  readonly path: readonly [string] | readonly [string, string];
  readonly transform: Transform;
  readonly required: boolean;
  /** What is checked at the path. */
  readonly schema: ZodType;
  /** The value at the path, unchecked. */
  readonly at: (row: Row) => unknown;
}

export function createColumn(row: MappingRow, transforms: Readonly<Record<string, Transform>>): Column {
  const { field, path: text, transform: name, required = false } = row;
  const transform = transforms[name];
  if (!transform) throw new Error(`the mapping of ${field} names the transform ${name}, which does not exist`);
  const [top = '', below, ...deeper] = text.split('/');
  if (deeper.length > 0) throw new Error(`the mapping of ${field} reads ${text}: at most two levels are supported`);
  const at = below === undefined ? (row: Row) => row[top] : (row: Row) => (row[top] as Row | null | undefined)?.[below];
  const schema = required ? present(transform) : transform.reads.nullish();
  return { field, path: below === undefined ? [top] : [top, below], transform, required, schema, at };
}

/** The value is there, and not blank either. */
function present({ reads, toOurs }: Transform): ZodType {
  return reads.refine((value) => !isBlank(toOurs(value)), 'is blank');
}

/** What a column asks the PSA for. */
export function selectedBy({ path, transform }: Column): string[] {
  const whole = path.join('/');
  return transform.selects.length === 0 ? [whole] : transform.selects.map((below) => `${whole}/${below}`);
}

/** The shape of a row that all columns can be read from; several of them may read below the same top. */
export function shapeOf(columns: readonly Column[]): Record<string, ZodType> {
  const shape: Record<string, ZodType> = {};
  for (const { path, schema } of columns) {
    const [top, below] = path;
    if (below === undefined) {
      shape[top] = schema;
      continue;
    }
    const siblings = columns.filter(({ path }) => path[0] === top);
    const reference = z.object(Object.fromEntries(siblings.map((sibling) => [sibling.path[1], sibling.schema])));
    shape[top] = siblings.some(({ required }) => required) ? reference : reference.nullish();
  }
  return shape;
}
