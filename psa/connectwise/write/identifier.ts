/** The shortest limit of any version that is met (up to 2022.1), so that what is derived fits everywhere. */
const LONGEST = 25;

/**
 * A company id for an organization without a short name: the letters and digits of its name; '' when it has none that every
 * ConnectWise takes. Always the same for the same name, so that a second try asks for the same id.
 */
export function identifierOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll('ß', 'ss');
  return plain.replace(/[^A-Za-z0-9]/gu, '').slice(0, LONGEST);
}
