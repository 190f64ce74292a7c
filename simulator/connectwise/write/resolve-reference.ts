import type { Context } from '../context.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import type { Reference, Row } from '../store/row.ts';
import { CastError } from './cast.ts';
import { isObject } from './write.ts';

/** The reference is to nothing; `member` is the part that was looked for. */
export class MissingReference extends Error {
  readonly member: string;
  constructor(member: string) {
    super(member);
    this.member = member;
  }
}

const same = (a: unknown, b: string): boolean => typeof a === 'string' && a.toLowerCase() === b.toLowerCase();

function byText(rows: readonly Row[], field: string, text: string): Row | undefined {
  return rows.find((row) => same(row[field], text));
}

/**
 * Finds what `{id}`, `{identifier}` or `{name}` means; `{}` and null mean nothing. `companyId` narrows sites, whose
 * names mean something only inside a company.
 */
export function resolveReference(
  context: Context,
  to: CollectionName,
  value: unknown,
  companyId: number | undefined,
): Reference | undefined {
  const { reference, label, identifier: identifierField } = COLLECTIONS[to];
  if (value === null || value === undefined) return undefined;
  if (!isObject(value)) throw new CastError(value, reference);
  const { id, identifier, name } = value;
  const collection = context.store.collection(to);
  const found = (row: Row | undefined, member: string): Reference => {
    if (!row) throw new MissingReference(member);
    return collection.reference(row);
  };
  // A text of digits is taken as a number.
  if (id !== undefined && id !== null && id !== 0) return found(collection.get(Number(id)), 'id');
  const scope = to === 'sites' && companyId !== undefined ? collection.by('company', companyId) : collection.all();
  if (typeof identifier === 'string' && identifierField) {
    return found(byText(scope, identifierField, identifier), 'identifier');
  }
  if (typeof name === 'string') {
    if (to === 'contacts')
      return found(
        scope.find((row) => same(collection.reference(row).name, name)),
        'name',
      );
    return found(byText(scope, label, name), 'name');
  }
  return undefined;
}
