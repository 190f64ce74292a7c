import { foldMac } from '../../../domain/normalise.ts';
import { isBlank, isEntries, sameValue, type PsaLookup, type PsaValue } from '../../../domain/values.ts';
import type { MappingRow, WriteProblem, WriteValues } from '../../contract.ts';
import { PSA } from '../errors.ts';
import { MAPPING } from '../mapping.ts';
import { identifierOf } from './identifier.ts';
import { ENTRY_LENGTHS, longest } from './lengths.ts';
import { REQUIRED } from './required.ts';

/** What keeps values from being written, as far as it can be told without asking; messages name fields and never values. */
export function problems(request: WriteValues, release: string | null = null): readonly WriteProblem[] {
  return [...missing(request), ...notWritable(request, release)];
}

function missing({ kind, set, current }: WriteValues): WriteProblem[] {
  const lacking = REQUIRED[kind].filter((field) => (current === null || field in set) && isBlank(set[field]));
  const told = lacking.map((field) => ({
    field,
    code: 'missing_fields' as const,
    message: `${field} is blank, and ${PSA} needs it: enter one`,
  }));
  return kind === 'organization' ? [...told, ...missingIdentifier({ set, current })] : told;
}

/** A company id is derived from the name where there is no short name, and can't be taken away from a company that has one. */
function missingIdentifier({ set, current }: Pick<WriteValues, 'set' | 'current'>): WriteProblem[] {
  const { name, shortName } = set;
  const isCleared = current !== null && 'shortName' in set && isBlank(shortName);
  const isDerivable = typeof name !== 'string' || identifierOf(name) !== '';
  const isMissing = current === null && isBlank(shortName) && !isDerivable;
  if (!isCleared && !isMissing) return [];
  const reason = isCleared ? '' : ', which can not be made of a name without Latin letters or digits';
  const message = `shortName is blank, and ${PSA} needs a company id${reason}: enter one`;
  return [{ field: 'shortName', code: 'missing_fields', message }];
}

function notWritable({ kind, set, current }: WriteValues, release: string | null): WriteProblem[] {
  const rows: readonly MappingRow[] = MAPPING[kind];
  return Object.entries(set).flatMap(([field, value]) => {
    const row = rows.find((one) => one.field === field);
    const isParentOfNew = current === null && field === 'organization';
    const isChange = !sameValue(value, current?.fields[field]);
    const reason =
      row && (row.direction === 'both' || isParentOfNew)
        ? reasonOf(row, value, longest(kind, field, release))
        : isChange
          ? pullOnly(row)
          : null;
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
