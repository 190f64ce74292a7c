import type { z } from 'zod';
import { KINDS } from '../../domain/kinds.ts';
import { MAPPING } from './mapping.ts';
import type { errorBody } from './schemas.ts';

type Complaint = NonNullable<NonNullable<z.infer<typeof errorBody>>['errors']>[number];

const WORDS: Readonly<Record<string, string>> = {
  MissingRequiredField: 'is missing',
  MaxLengthField: 'is too long',
  OutOfRange: 'is out of range',
  NotFound: 'is not there',
  InvalidField: 'is not valid',
  ObjectExists: 'is taken already',
  UnsupportedFormat: 'has the wrong form',
};

/** Names that may be shown: of what this adapter writes. What else an error names is the server's text, and may be anything. */
const NAMES: ReadonlySet<string> = new Set([
  ...KINDS.flatMap((kind) => MAPPING[kind].map(({ path }) => path.replace(/\/.*$/u, ''))),
  ...['typeIds', 'value', 'extension', 'communicationType', 'customFields', 'questions'],
]);

/**
 * What a refusal is about, in words of our own; '' where it says nothing that we know. ConnectWise checks the whole record, so
 * it may complain of fields that nobody has touched.
 */
export function complaintWords(complaints: readonly Complaint[]): string {
  const told = complaints.flatMap(({ field, code }) => {
    const name = nameOf(field);
    const words = WORDS[code ?? ''];
    return name === null || words === undefined ? [] : [`${name} ${words}`];
  });
  const others = complaints.length - told.length;
  if (others > 0) told.push(`${others} other ${others === 1 ? 'complaint' : 'complaints'} about the record`);
  return told.join(', ');
}

/** `status/id` and `communicationItems/0/type` are told by their first part. */
function nameOf(field: string | null | undefined): string | null {
  const name = field?.split('/')[0] ?? '';
  return NAMES.has(name) ? name : null;
}
