import type { Kind } from '../../../domain/kinds.ts';
import { isBlank, sameValue, type PsaValue, type PsaValues } from '../../../domain/values.ts';
import type { MappingRow } from '../../contract.ts';
import { MAPPING } from '../mapping.ts';
import type { Transform } from '../../transform.ts';
import { TRANSFORMS } from '../transforms.ts';
import { TARGETS } from './targets.ts';

/** One operation of a PATCH. Paths never lead into an object: such a path is answered with 200 and changes nothing. */
export interface Operation {
  readonly op: 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** A value of a record under its name at ConnectWise; a reference is whole, and named by one thing. */
export interface Written {
  readonly name: string;
  /** Null: blank. */
  readonly value: unknown;
}

/** What differs between `set` and what ConnectWise holds, of the fields that a PATCH of the record can change. */
export function operations(kind: Kind, set: PsaValues, current: PsaValues): Operation[] {
  return written(kind, set)
    .filter(({ row }) => !TARGETS[kind].apart.includes(row.field))
    .filter(({ row, value }) => !sameValue(asRead(row, value), current[row.field]))
    .map(({ row, value }) => operation(asWritten(row, value)));
}

/** What a new record begins with, of the fields that take no look-up; blank ones are left out. */
export function firstValues(kind: Kind, set: PsaValues): Record<string, unknown> {
  const fields = written(kind, set).filter(({ row, value }) => conversion(row).toPsa !== null && !isBlank(value));
  return Object.fromEntries(
    fields.map(({ row, value }) => {
      const { name, value: theirs } = asWritten(row, value);
      return [name, theirs];
    }),
  );
}

/** Clears by `remove`, see ASSUMPTIONS. */
export function operation({ name, value }: Written): Operation {
  return value === null ? { op: 'remove', path: name } : { op: 'replace', path: name, value };
}

function written(kind: Kind, set: PsaValues): { readonly row: MappingRow; readonly value: PsaValue }[] {
  const rows: readonly MappingRow[] = MAPPING[kind];
  return rows.flatMap((row) => {
    const value = set[row.field];
    return value === undefined || row.direction === 'pull' ? [] : [{ row, value }];
  });
}

function asWritten(row: MappingRow, value: PsaValue): Written {
  const [name = '', below] = row.path.split('/');
  const theirs = isBlank(value) ? null : toPsa(row, value);
  return { name, value: theirs === null || below === undefined ? theirs : { [below]: theirs } };
}

/** As ConnectWise will show it: texts come back in one line. */
function asRead(row: MappingRow, value: PsaValue): PsaValue {
  return isBlank(value) ? null : conversion(row).toOurs(toPsa(row, value));
}

function toPsa(row: MappingRow, value: PsaValue): unknown {
  const { toPsa } = conversion(row);
  if (toPsa === null) throw new Error(`${row.field} can't be written without a look-up`);
  return toPsa(value);
}

const conversion = ({ transform }: MappingRow): Transform => TRANSFORMS[transform as keyof typeof TRANSFORMS];
