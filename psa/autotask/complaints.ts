/** What Autotask's texts say, in words of our own; they may quote what was sent, so that nothing but names is taken over. */
const SIGNS: readonly { readonly of: RegExp; readonly words: (field: string) => string }[] = [
  { of: /does not exist for the required field (\w+)/iu, words: (field) => `${field} is missing` },
  { of: /^(\w+) is required/iu, words: (field) => `${field} is missing` },
  {
    of: /picklist value \[.*\] does not exist for (\w+)/iu,
    words: (field) => `${field} is a choice that it does not have`,
  },
  {
    of: /picklist value \[.*\] is not active for (\w+)/iu,
    words: (field) => `${field} is a choice that is not active`,
  },
  {
    of: /reference value on field: (\w+) of type/iu,
    words: (field) => `${field} names a record that is not there, not active or of another company`,
  },
  {
    of: /^(\w+): value .* does not exist or is invalid/iu,
    words: (field) => `${field} names a record that is not there or not active`,
  },
  { of: /^(\w+) must be less than or equal to \d+ characters/iu, words: (field) => `${field} is too long` },
  { of: /\b(\w+) already exists with name/iu, words: () => 'another one has this name already' },
  { of: /error converting value .* path '(\w+)'/iu, words: (field) => `${field} has the wrong form` },
  {
    of: /primary location/iu,
    words: () => 'it concerns the primary location, which has to be there, active and with a phone number',
  },
];

/** '' where the texts say nothing that we know. */
export function complaintWords(errors: readonly string[]): string {
  const told = errors.flatMap((error) => {
    const sign = SIGNS.map(({ of, words }) => ({ match: of.exec(error), words })).find(({ match }) => match !== null);
    return sign ? [sign.words(sign.match?.[1] ?? '')] : [];
  });
  const others = errors.length - told.length;
  if (told.length > 0 && others > 0) told.push(`${others} other ${others === 1 ? 'complaint' : 'complaints'}`);
  return told.join(', ');
}
