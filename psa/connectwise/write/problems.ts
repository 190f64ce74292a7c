import { foldMac } from '../../../domain/normalise.ts';
import {
  isBlank,
  isEntries,
  sameValue,
  type PsaLookup,
  type PsaValue,
  type PsaValues,
} from '../../../domain/values.ts';
import type { MappingRow, WriteProblem, WriteValues } from '../../contract.ts';
import { PSA } from '../errors.ts';
import { MAPPING } from '../mapping.ts';
import { identifierOf } from './identifier.ts';
import { ENTRY_LENGTHS, longest } from './lengths.ts';
import { KEPT, REQUIRED } from './required.ts';

/** What keeps values from being written, as far as it can be told without asking; messages name fields and never values. */
export function problems(request: WriteValues, release: string | null): readonly WriteProblem[] {
  return [...missing(request), ...notWritable(request, release)];
}

function missing({ kind, set, current }: WriteValues): WriteProblem[] {
  const needed =
    current === null ? REQUIRED[kind] : [...REQUIRED[kind], ...(KEPT[kind] ?? [])].filter((field) => field in set);
  const lacking = needed.filter(
    (field) => isBlank(set[field]) && (current === null || !isBlank(current.fields[field])),
  );
  const told = lacking.map((field) => missingField(field, `${field} is blank, and ${PSA} needs it: enter one`));
  return current === null && kind === 'organization' ? [...told, ...missingIdentifier(set)] : told;
}

/** A company id is made of the name where there is no short name. */
function missingIdentifier({ name, shortName }: PsaValues): WriteProblem[] {
  if (!isBlank(shortName) || typeof name !== 'string' || identifierOf(name) !== '') return [];
  const message = `shortName is blank, and ${PSA} needs a company id, which can't be made of a name without Latin letters or digits: enter one`;
  return [missingField('shortName', message)];
}

const missingField = (field: string, message: string): WriteProblem => ({ field, code: 'missing_fields', message });

function notWritable({ kind, set, current }: WriteValues, release: string | null): WriteProblem[] {
  const rows: readonly MappingRow[] = MAPPING[kind];
  const changed = Object.entries(set).filter(([field, value]) => !sameValue(value, current?.fields[field]));
  return changed.flatMap(([field, value]) => {
    const row = rows.find((one) => one.field === field);
    const isParentOfNew = current === null && field === 'organization';
    const isWritable = row !== undefined && (row.direction === 'both' || isParentOfNew);
    const reason = isWritable ? reasonOf(row, value, longest(kind, field, release)) : pullOnly(row);
    return reason === null ? [] : [{ field, code: 'not_writable' as const, message: `${field} ${reason}` }];
  });
}

function pullOnly(row: MappingRow | undefined): string {
  return row ? `only comes from ${PSA}: change it there` : `has no place in ${PSA}: it is kept here alone`;
}

function reasonOf({ transform }: MappingRow, value: PsaValue, most: number | null): string | null {
  if (isBlank(value)) return null;
  if (isEntries(value)) return entriesReason(value);
  const text = typeof value === 'string' ? value : isLookup(value) && transform === 'namedByText' ? value.name : '';
  if (most !== null && text.length > most) return `is longer than the ${most} characters that ${PSA} takes: shorten it`;
  if (transform === 'singleMac' && foldMac(text) === null)
    return `is not one MAC address: enter twelve hex digits, or leave it blank`;
  if (isLookup(value) && transform !== 'namedByText' && !isId(value.psaId))
    return `is a row that ${PSA} does not have: choose one of its own, or add it there`;
  if (transform === 'recordId' && !isId(text)) return `is a record that ${PSA} does not have`;
  return null;
}

function entriesReason(entries: Extract<PsaValue, readonly unknown[]>): string | null {
  const { value: most, extension: mostExtension } = ENTRY_LENGTHS;
  for (const entry of entries) {
    if (entry.value.trim() === '') return 'has an entry without a value: enter one, or remove the entry';
    if (entry.value.length > most)
      return `has an entry that is longer than the ${most} characters that ${PSA} takes: shorten it`;
    const extension = 'extension' in entry ? (entry.extension ?? '') : '';
    if (extension.length > mostExtension)
      return `has an extension that is longer than the ${mostExtension} characters that ${PSA} takes: shorten it`;
  }
  return null;
}

const isLookup = (value: PsaValue): value is PsaLookup =>
  typeof value === 'object' && value !== null && 'psaId' in value;
const isId = (id: string | null): boolean => id !== null && /^\d+$/u.test(id);
