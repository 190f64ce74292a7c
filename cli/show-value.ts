import { isId, type Names } from '../client/operate/local-as-json.ts';
import { fieldSpec } from '../domain/fields.ts';
import type { Kind } from '../domain/kinds.ts';
import { type Email, isEntries, type LocalValue, type Phone, type PsaLookup, type PsaValue } from '../domain/values.ts';

/** A value of ours as people read it; null when blank. */
export function localInWords(kind: Kind, field: string, value: LocalValue, names: Names): string | null {
  return isId(kind, field) && typeof value === 'string' ? (names.get(value) ?? `(gone, ${value})`) : inWords(value);
}

/** A value of the PSA's as people read it. `local`: the record of ours that a reference leads to, if there is one. */
export function psaInWords(
  kind: Kind,
  field: string,
  value: PsaValue,
  names: Names,
  local: LocalValue = null,
): string | null {
  const type = fieldSpec(kind, field)?.type;
  if (value === null) return null;
  if (type === 'lookup') return (value as PsaLookup).name;
  if (type !== 'reference') return inWords(value as LocalValue);
  const name = typeof local === 'string' ? names.get(local) : undefined;
  return name ?? `PSA id ${value as string}`;
}

/** A value that stands for itself, or is named already. */
export function inWords(value: LocalValue): string | null {
  if (isEntries(value)) return value.map(entryInWords).join('; ') || null;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
}

function entryInWords(entry: Email | Phone): string {
  const extension = 'extension' in entry && entry.extension !== null ? ` ext. ${entry.extension}` : '';
  const notes = [entry.type, entry.primary ? 'primary' : null].filter((note) => note !== null).join(', ');
  return `${entry.value}${extension}${notes === '' ? '' : ` (${notes})`}`;
}
