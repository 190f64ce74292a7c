import { hash } from 'node:crypto';
import type { Kind } from './kinds.ts';
import { foldText } from './normalise.ts';
import type { LocalValue, LocalValues } from './values.ts';

/**
 * The fields that make two records of a kind the same inside one organization, and those of them that name it: with all
 * of these blank a record is never matched. A configuration's type is our id of it; its serial and MAC are compared later.
 */
const IDENTITY = {
  organization: { parts: ['name'], names: ['name'] },
  contact: { parts: ['firstName', 'lastName'], names: ['firstName', 'lastName'] },
  configuration: { parts: ['name', 'type'], names: ['name'] },
  location: {
    parts: ['name', 'address1', 'address2', 'city', 'region', 'country'],
    names: ['name', 'address1', 'address2', 'city', 'region', 'country'],
  },
} as const satisfies Record<Kind, { parts: readonly string[]; names: readonly string[] }>;

const fold = (value: LocalValue | undefined): string => (typeof value === 'string' ? foldText(value) : '');

/**
 * What a record is matched by, as one text that two records share exactly when all parts are the same; null when it has
 * no name to be matched by. The organization is not part of it: children are looked up inside theirs.
 */
export function identity(kind: Kind, values: LocalValues): string | null {
  const { parts, names } = IDENTITY[kind];
  if (names.every((field) => fold(values[field]) === '')) return null;
  // Folded text has no line breaks, so they can stand between the parts.
  return parts.map((field) => fold(values[field])).join('\n');
}

/** `identity` as a signed 64-bit number in decimal, for a bigint column: small and indexable. Equal keys only suggest a match. */
export function matchKey(kind: Kind, values: LocalValues): string | null {
  const text = identity(kind, values);
  return text === null ? null : hash('sha1', text, 'buffer').readBigInt64BE(0).toString();
}
