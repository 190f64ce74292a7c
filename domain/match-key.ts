import { hash } from 'node:crypto';
import type { Kind } from './kinds.ts';
import { foldText } from './normalise.ts';
import type { LocalValue, LocalValues } from './values.ts';

const ADDRESS = ['address1', 'address2', 'city', 'region', 'country'] as const;

/**
 * What makes two records the same inside one organization, by the name of the rule: the fields that all have to be equal, and
 * those of them that name it: with all of these blank a record is never matched. A configuration's type is our id of it; its
 * serial and MAC are compared later.
 */
const IDENTITY = {
  name: { parts: ['name'], names: ['name'] },
  full_name: { parts: ['firstName', 'lastName'], names: ['firstName', 'lastName'] },
  type_and_name: { parts: ['name', 'type'], names: ['name'] },
  address: { parts: ['name', ...ADDRESS], names: ['name', ...ADDRESS] },
  /** For a PSA whose addresses have no names of their own. */
  address_alone: { parts: ADDRESS, names: ADDRESS },
} as const satisfies Record<string, { parts: readonly string[]; names: readonly string[] }>;

/** A rule that matching can tie by. */
export type MatchRule = keyof typeof IDENTITY;

/** The rule of each kind, where a PSA's adapter does not name another. */
export const MATCH_RULES = {
  organization: 'name',
  contact: 'full_name',
  configuration: 'type_and_name',
  location: 'address',
} as const satisfies Record<Kind, MatchRule>;

const fold = (value: LocalValue | undefined): string => (typeof value === 'string' ? foldText(value) : '');

/**
 * What a record is matched by, as one text that two records share exactly when all parts are the same; null when it has
 * no name to be matched by. The organization is not part of it: children are looked up inside theirs.
 */
export function identity(kind: Kind, values: LocalValues, rule: MatchRule = MATCH_RULES[kind]): string | null {
  const { parts, names }: { parts: readonly string[]; names: readonly string[] } = IDENTITY[rule];
  const folded = parts.map((field) => fold(values[field]));
  if (parts.every((field, at) => folded[at] === '' || !names.includes(field))) return null;
  // Folded text has no line breaks, so they can stand between the parts.
  return folded.join('\n');
}

/** `identity` as a signed 64-bit number in decimal, for a bigint column: small and indexable. Equal keys only suggest a match. */
export function matchKey(kind: Kind, values: LocalValues, rule: MatchRule = MATCH_RULES[kind]): string | null {
  const text = identity(kind, values, rule);
  return text === null ? null : hash('sha1', text, 'buffer').readBigInt64BE(0).toString();
}
