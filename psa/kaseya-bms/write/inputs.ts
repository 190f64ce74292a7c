import type { Kind } from '../../../domain/kinds.ts';
import { isBlank, sameValue, type PsaValue, type PsaValues } from '../../../domain/values.ts';
import type { MappingRow } from '../../contract.ts';
import { MAPPING } from '../mapping.ts';
import { TRANSFORMS } from '../transforms.ts';

/** Fields that are written under another name than they are read by. */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  accountType: 'accountTypeId',
  category: 'categoryId',
  manufacturer: 'manufacturerId',
  isPoc: 'poc',
};

/** Of a contact: they are written by requests of their own. */
const APART: readonly string[] = ['emails', 'phones'];

/** The values that differ from what the PSA holds, by the names under which they are written; null: blank. */
export function changedInputs(kind: Kind, set: PsaValues, current: PsaValues): Record<string, unknown> {
  const rows: readonly MappingRow[] = MAPPING[kind];
  const changed = rows.flatMap((row): [string, unknown][] => {
    const value = set[row.field];
    const isWritten = value !== undefined && row.direction === 'both' && !APART.includes(row.field);
    return isWritten && !sameValue(value, current[row.field]) ? [[inputName(row), toInput(row, value)]] : [];
  });
  return Object.fromEntries(changed);
}

/** What a new record begins with; blank ones are left out, and so is its account. */
export function firstInputs(kind: Kind, set: PsaValues): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changedInputs(kind, set, {})).filter(([, value]) => value !== null));
}

const inputName = ({ path }: MappingRow): string => WRITTEN_AS[path] ?? path;

function toInput({ field, path, transform }: MappingRow, value: PsaValue): unknown {
  if (isBlank(value)) return null;
  const { toPsa } = TRANSFORMS[transform as keyof typeof TRANSFORMS];
  if (toPsa === null) throw new Error(`${field} can't be written`);
  const theirs = toPsa(value);
  return WRITTEN_AS[path]?.endsWith('Id') ? (theirs as { readonly id: number }).id : theirs;
}

/** The id of a record for a body. */
export const idOf = (value: PsaValue | undefined): number => Number(value);
