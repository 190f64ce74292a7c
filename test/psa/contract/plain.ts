import { fieldSpec } from '../../../domain/fields.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaLookup, PsaValue } from '../../../domain/values.ts';
import type { Named, Their, TheirRecord } from '../../oracle/theirs.ts';

/** A record in a form that both sides can be put into, for comparing. */
export interface Plain {
  readonly id: string;
  readonly types: readonly string[];
  readonly status: string | null;
  readonly fields: Readonly<Record<string, string | null>>;
}

/** As the adapter gives it. */
export function plainOurs(record: PsaRecord): Plain {
  const { kind, psaId, types, status, fields } = record;
  const plain = Object.entries(fields).map(([field, value]) => [field, ours(fieldSpec(kind, field)?.type, value)]);
  return {
    id: psaId,
    types: types.map(ourRow),
    status: status && ourRow(status),
    fields: Object.fromEntries(plain) as Plain['fields'],
  };
}

/** As the oracle reads it. */
export function plainTheirs({ id, types, status, fields }: TheirRecord): Plain {
  const plain = Object.entries(fields).map(([field, value]) => [field, theirs(value)]);
  return {
    id,
    types: types.map(theirRow),
    status: status && theirRow(status),
    fields: Object.fromEntries(plain) as Plain['fields'],
  };
}

function ours(type: string | undefined, value: PsaValue): string | null {
  if (value === null || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? null : JSON.stringify(value.map(sorted));
  return type === 'lookup' ? ourRow(value as PsaLookup) : JSON.stringify(value);
}

function theirs(value: Their): string | null {
  if (value === null || typeof value === 'string') return value;
  return 'row' in value ? theirRow(value.row) : value.id;
}

const sorted = (entry: object): object =>
  Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));

const ourRow = ({ psaId, name }: PsaLookup): string => `${psaId ?? ''} ${name}`;
const theirRow = ({ id, name }: Named): string => `${id ?? ''} ${name}`;
