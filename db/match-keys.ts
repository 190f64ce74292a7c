import type { Kind } from '../domain/kinds.ts';
import { MATCH_RULES, matchKey, type MatchRule } from '../domain/match-key.ts';
import type { LocalValues } from '../domain/values.ts';

/** Columns that candidates of a kind are looked up by, each with the rule whose key it holds. */
const KEYS: Readonly<Record<Kind, Readonly<Record<string, MatchRule>>>> = {
  organization: { match_key: MATCH_RULES.organization },
  location: { match_key: MATCH_RULES.location, address_key: 'address_alone' },
  contact: { match_key: MATCH_RULES.contact },
  configuration: { match_key: MATCH_RULES.configuration },
};

/** The SQL types of a kind's key columns, by name. */
export function keyColumns(kind: Kind): Record<string, 'bigint'> {
  return Object.fromEntries(Object.keys(KEYS[kind]).map((column) => [column, 'bigint']));
}

/** The keys of a record, by column. @param known keys that were made before, by rule. */
export function keysOf(
  kind: Kind,
  values: LocalValues,
  known: Readonly<Partial<Record<MatchRule, string | null>>> = {},
): Record<string, string | null> {
  const keys: Record<string, string | null> = {};
  for (const [column, rule] of Object.entries(KEYS[kind])) {
    const key = known[rule];
    keys[column] = key === undefined ? matchKey(kind, values, rule) : key;
  }
  return keys;
}

/** The column that holds the key of a rule. */
export function keyColumnOf(kind: Kind, rule: MatchRule = MATCH_RULES[kind]): string {
  const column = Object.keys(KEYS[kind]).find((name) => KEYS[kind][name] === rule);
  if (column === undefined) throw new Error(`the table of ${kind}s has no key for the rule ${rule}`);
  return column;
}
