import { fold } from './fold.ts';
import type { OurRecord } from './ours.ts';
import type { Kind } from './theirs.ts';

type Values = OurRecord['values'];

/** What a kind is matched by inside its organization; the first ones name it, and with those blank it is never matched. */
const MATCHED_BY: Record<Kind, { readonly names: readonly string[]; readonly rest: readonly string[] }> = {
  organization: { names: ['name'], rest: [] },
  contact: { names: ['firstName', 'lastName'], rest: [] },
  configuration: { names: ['name'], rest: ['type'] },
  location: { names: ['name', 'address1', 'address2', 'city', 'region', 'country'], rest: [] },
};

/** The rule that a tie of each kind is noted with. */
const RULE: Record<Kind, string> = {
  organization: 'name',
  contact: 'full_name',
  configuration: 'type_and_name',
  location: 'address',
};

/** Matching by the rules of a PSA, of which some kinds may have no names of their own. */
export function matchingOf(nameless: readonly Kind[] = []) {
  const namesOf = (kind: Kind) =>
    MATCHED_BY[kind].names.filter((field) => field !== 'name' || !nameless.includes(kind));
  /** Whether a record has anything to be matched by. */
  const hasName = (kind: Kind, values: Values): boolean => namesOf(kind).some((field) => fold(values[field]) !== '');
  return {
    hasName,
    /** Same organization, same name by the rule of the kind. */
    sameName: (kind: Kind, a: Values, b: Values): boolean =>
      hasName(kind, a) &&
      (a['organization'] ?? null) === (b['organization'] ?? null) &&
      [...namesOf(kind), ...MATCHED_BY[kind].rest].every((field) => fold(a[field]) === fold(b[field])),
    ruleOf: (kind: Kind): string => (nameless.includes(kind) ? `${RULE[kind]}_alone` : RULE[kind]),
  };
}

/** Two devices of one name are different ones when both have a serial, or both a MAC, and these differ. */
export function sameDevice(kind: Kind, a: Values, b: Values): boolean {
  if (kind !== 'configuration') return true;
  const macDigits = (values: Values) => {
    const digits = fold(values['macAddress']).replace(/[-:. ]/gu, '');
    return /^[0-9a-f]{12}$/u.test(digits) ? digits : '';
  };
  const differ = (x: string, y: string) => x !== '' && y !== '' && x !== y;
  return !differ(fold(a['serialNumber']), fold(b['serialNumber'])) && !differ(macDigits(a), macDigits(b));
}
