import type { Kind } from '../../domain/kinds.ts';
import { foldMac } from '../../domain/normalise.ts';
import { isBlank, isEntries, sameValue, type PsaLookup, type PsaValue } from '../../domain/values.ts';
import type { MappingRow, WriteProblem, WriteValues } from '../contract.ts';

/** What can be told of writing to a PSA without asking it. */
export interface WriteRules {
  /** The PSA's name for people. */
  readonly psa: string;
  readonly mapping: Readonly<Partial<Record<Kind, readonly MappingRow[]>>>;
  /** Asked of a new record, and never cleared in one that is there. */
  readonly required: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** What the PSA gives a new record by itself, and never lets go. */
  readonly kept?: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** Characters that a field takes; null: no limit is known. */
  longest(kind: Kind, field: string): number | null;
  /** Characters that an e-mail address or a phone number takes, and the extension of one. */
  readonly entryLengths: { readonly value: number; readonly extension: number };
}

/** What keeps values from being written, as far as it can be told without asking; messages name fields and never values. */
export function writeProblems(rules: WriteRules, request: WriteValues): WriteProblem[] {
  return [...missing(rules, request), ...notWritable(rules, request)];
}

function missing({ psa, required, kept }: WriteRules, { kind, set, current }: WriteValues): WriteProblem[] {
  const always = required[kind] ?? [];
  const needed = current === null ? always : [...always, ...(kept?.[kind] ?? [])].filter((field) => field in set);
  const lacking = needed.filter(
    (field) => isBlank(set[field]) && (current === null || !isBlank(current.fields[field])),
  );
  return lacking.map((field) => missingField(field, `${field} is blank, and ${psa} needs it: enter one`));
}

export const missingField = (field: string | null, message: string): WriteProblem => ({
  field,
  code: 'missing_fields',
  message,
});

function notWritable(rules: WriteRules, { kind, set, current }: WriteValues): WriteProblem[] {
  const rows = rules.mapping[kind] ?? [];
  const changed = Object.entries(set).filter(([field, value]) => !sameValue(value, current?.fields[field]));
  return changed.flatMap(([field, value]) => {
    const row = rows.find((one) => one.field === field);
    const isParentOfNew = current === null && field === 'organization';
    const isWritable = row !== undefined && (row.direction === 'both' || isParentOfNew);
    const reason = isWritable ? reasonOf(rules, row, value, rules.longest(kind, field)) : pullOnly(rules, row);
    return reason === null ? [] : [{ field, code: 'not_writable' as const, message: `${field} ${reason}` }];
  });
}

function pullOnly({ psa }: WriteRules, row: MappingRow | undefined): string {
  return row ? `only comes from ${psa}: change it there` : `has no place in ${psa}: it is kept here alone`;
}

function reasonOf(rules: WriteRules, { transform }: MappingRow, value: PsaValue, most: number | null): string | null {
  const { psa } = rules;
  if (isBlank(value)) return null;
  if (isEntries(value)) return entriesReason(rules, value);
  const text = typeof value === 'string' ? value : isLookup(value) && transform === 'namedByText' ? value.name : '';
  if (most !== null && text.length > most) return `is longer than the ${most} characters that ${psa} takes: shorten it`;
  if (transform === 'singleMac' && foldMac(text) === null)
    return `is not one MAC address: enter twelve hex digits, or leave it blank`;
  if (isLookup(value) && transform !== 'namedByText' && !isId(value.psaId))
    return `is a row that ${psa} does not have: choose one of its own, or add it there`;
  if (transform === 'recordId' && !isId(text)) return `is a record that ${psa} does not have`;
  return null;
}

function entriesReason(
  { psa, entryLengths }: WriteRules,
  entries: Extract<PsaValue, readonly unknown[]>,
): string | null {
  for (const entry of entries) {
    if (entry.value.trim() === '') return 'has an entry without a value: enter one, or remove the entry';
    if (entry.value.length > entryLengths.value)
      return `has an entry that is longer than the ${entryLengths.value} characters that ${psa} takes: shorten it`;
    const extension = 'extension' in entry ? (entry.extension ?? '') : '';
    if (extension.length > entryLengths.extension)
      return `has an extension that is longer than the ${entryLengths.extension} characters that ${psa} takes: shorten it`;
  }
  return null;
}

const isLookup = (value: PsaValue): value is PsaLookup =>
  typeof value === 'object' && value !== null && 'psaId' in value;
const isId = (id: string | null): boolean => id !== null && /^\d+$/u.test(id);
