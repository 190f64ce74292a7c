import { cleanText } from './clean-text.ts';
import { FIELDS, fieldSpec } from './fields.ts';
import type { Kind } from './kinds.ts';
import type { Email, LocalValue, LocalValues, Phone } from './values.ts';

/** What is wrong with a value, in one closed list. */
type ValueProblemCode =
  | 'unknown_field'
  | 'wrong_type'
  | 'too_long'
  | 'required'
  | 'not_found' // names a row or record that there is not
  | 'elsewhere' // names one of another organization, list or manufacturer
  | 'referred_to'; // others refer to the record where it is now

export interface ValueProblem {
  readonly field: string;
  readonly code: ValueProblemCode;
  /** What and why, without the value. */
  readonly message: string;
}

export interface CheckedValues {
  /** As they are stored: texts cleaned, blanks null. */
  readonly values: LocalValues;
  readonly problems: readonly ValueProblem[];
}

/** Characters. Longer than anything that a PSA takes, and short enough that no record grows without bounds. */
const LIMITS: Readonly<Record<string, number>> = {
  macAddress: 17,
  description: 100_000,
  alert: 100_000,
  quickNotes: 100_000,
  notes: 100_000,
};
const DEFAULT_LIMIT = 1_000;
const MOST_ENTRIES = 100;

const ID = /^[1-9]\d{0,18}$/u;
const LARGEST_ID = 2n ** 63n - 1n;
const DATE = /^\d{4}-\d{2}-\d{2}$/u;

/** Judges values by the shape of their fields alone; what they refer to is for the database to say. */
export function checkValues(kind: Kind, given: Readonly<Record<string, unknown>>): CheckedValues {
  const values: Record<string, LocalValue> = {};
  const problems: ValueProblem[] = [];
  for (const [field, value] of Object.entries(given)) {
    const checked = checkValue(kind, field, value);
    if ('code' in checked) problems.push({ field, ...checked });
    else values[field] = checked.value;
  }
  return { values, problems };
}

type Checked = { readonly value: LocalValue } | Omit<ValueProblem, 'field'>;

const wrongType = (message: string): Checked => ({ code: 'wrong_type', message });

function checkValue(kind: Kind, field: string, value: unknown): Checked {
  // Names come from outside: `constructor` is no field.
  const spec = Object.hasOwn(FIELDS[kind], field) ? fieldSpec(kind, field) : undefined;
  if (spec === undefined) return { code: 'unknown_field', message: `A ${kind} has no such field.` };
  if (value === null || value === undefined) return { value: null };
  switch (spec.type) {
    case 'text':
      return checkText(value, LIMITS[field] ?? DEFAULT_LIMIT);
    case 'date':
      return checkDate(value);
    case 'flag':
      return typeof value === 'boolean' ? { value } : wrongType('Has to be true, false or null.');
    case 'emails':
      return checkEntries<Email>(value, ['value', 'type', 'primary']);
    case 'phones':
      return checkEntries<Phone>(value, ['value', 'extension', 'type', 'primary']);
    case 'lookup':
    case 'reference':
      if (typeof value === 'string' && ID.test(value) && BigInt(value) <= LARGEST_ID) return { value };
      return wrongType(`Has to be the id of a ${spec.type === 'lookup' ? 'row of its list' : spec.target}, or null.`);
  }
}

function checkText(value: unknown, limit: number): Checked {
  if (typeof value !== 'string') return wrongType('Has to be a text or null.');
  if (value.length > limit) return { code: 'too_long', message: `Has to be ${limit} characters or less.` };
  return { value: cleanText(value) };
}

function checkDate(value: unknown): Checked {
  if (typeof value === 'string' && DATE.test(value) && value > '0001') {
    const day = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(day.valueOf()) && day.toISOString().startsWith(value)) return { value };
  }
  return value === '' ? { value: null } : wrongType('Has to be a day of the calendar as YYYY-MM-DD, or null.');
}

function checkEntries<T extends Email | Phone>(value: unknown, keys: readonly (keyof T & string)[]): Checked {
  const shape = `Has to be a list of {${keys.join(', ')}}, or null.`;
  if (!Array.isArray(value)) return wrongType(shape);
  if (value.length > MOST_ENTRIES) return { code: 'too_long', message: `Has to be ${MOST_ENTRIES} entries or less.` };
  const entries: Record<string, string | boolean | null>[] = [];
  for (const given of value as readonly unknown[]) {
    const entry = checkEntry(given, keys);
    if (entry === null) return wrongType(shape);
    if ('code' in entry) return entry;
    entries.push(entry.entry);
  }
  if (entries.filter((entry) => entry['primary'] === true).length > 1) return wrongType('Only one can be primary.');
  return { value: entries as unknown as readonly Email[] | readonly Phone[] };
}

function checkEntry(
  given: unknown,
  keys: readonly string[],
): { readonly entry: Record<string, string | boolean | null> } | Omit<ValueProblem, 'field'> | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  if (Object.keys(given).some((key) => !keys.includes(key))) return null;
  const entry: Record<string, string | boolean | null> = {};
  for (const key of keys) {
    const value = (given as Record<string, unknown>)[key] ?? (key === 'primary' ? false : null);
    if (key === 'primary') {
      if (typeof value !== 'boolean') return null;
      entry[key] = value;
      continue;
    }
    if (value !== null && typeof value !== 'string') return null;
    if (value !== null && value.length > DEFAULT_LIMIT)
      return { code: 'too_long', message: `Each part has to be ${DEFAULT_LIMIT} characters or less.` };
    entry[key] = value === null ? null : cleanText(value);
  }
  return entry['value'] === null ? { code: 'required', message: 'Each entry needs a value.' } : { entry };
}
