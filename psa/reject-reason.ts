import type { z } from 'zod';

const MOST_FIELDS = 3; // a row of another shape altogether would name them all

/** What a schema expects, by zod's names. */
const BELONGS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/**
 * Why a row is set aside, in plain words: fields by the PSA's names, the sort of thing that came (never the value: reasons
 * are told where values are not), and what to do. `idField` is where the row's id stands.
 */
export function rejectReason(row: unknown, { issues }: z.ZodError, idField: string): string {
  const told = issues.slice(0, MOST_FIELDS).map((issue) => complaint(row, issue));
  const more = issues.length - told.length;
  const all = told.join('; ') + (more > 0 ? `; and ${more} more` : '');
  const isNoRecord = issues.some(({ path: [top] }) => top === undefined || top === idField);
  return `${all}. ${isNoRecord ? SPOILT : CORRECT_IT}`;
}

const CORRECT_IT = 'Correct it in the PSA; the next sync reads it again.';
/** No PSA has a record without an id. */
const SPOILT = 'Look at the row: something between the PSA and psa-sync may have spoilt the answer.';

function complaint(row: unknown, issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? 'the row' : issue.path.join('/');
  return `${where} ${trouble(valueAt(row, issue.path), issue)}`;
}

function trouble(value: unknown, issue: z.core.$ZodIssue): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  switch (issue.code) {
    case 'invalid_type':
      return `is ${sortOf(value)}, where ${BELONGS[issue.expected] ?? 'something else'} belongs`;
    case 'invalid_union':
      return `is ${sortOf(value)} of a form that does not belong there`;
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
    case 'too_big':
      return typeof value === 'number'
        ? `is a number ${issue.code === 'too_small' ? 'below' : 'above'} what it may be`
        : `is too ${issue.code === 'too_small' ? 'short' : 'long'}`;
    case 'custom':
      return issue.message;
    default:
      return `is ${sortOf(value)} that does not have the form that belongs there`;
  }
}

function sortOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return value.trim() === '' ? 'a blank text' : 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'a yes or no';
    default:
      return 'an object';
  }
}

function valueAt(row: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    row,
  );
}
