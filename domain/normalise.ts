/** Marks that lower-casing leaves behind: the dot of a Turkish İ, and the other form of sigma at the end of a word. */
const DOT_OF_I = /i\u0307+/gu;
const FINAL_SIGMA = /ς/gu;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/u;
const WHITE_SPACE = /\s+/gu;

/**
 * Text as it is compared: NFC, trimmed, white space collapsed, case folded. Two texts that a person would call the same
 * fold to the same, in whatever case and language (`Straße`/`STRASSE`, `İ`/`ı`/`i`, `ς`/`σ`), and folding twice changes nothing.
 * Without a locale, on purpose: the result is stored.
 */
export function foldText(text: string): string {
  const ascii = PRINTABLE_ASCII.test(text);
  const spaced = (ascii ? text : text.normalize('NFC')).trim().replace(WHITE_SPACE, ' ');
  return ascii ? spaced.toLowerCase() : foldCase(spaced);
}

/** Through upper case, because only that way ß meets SS and ſ meets s; lower first, because ẞ has no upper case but itself. */
function foldCase(text: string): string {
  const folded = text.toLowerCase().toUpperCase().toLowerCase();
  return folded.replace(DOT_OF_I, 'i').replace(FINAL_SIGMA, 'σ').normalize('NFC');
}

const MAC_SEPARATOR = /[-:. ]/u;
const TWELVE_HEX_DIGITS = /^[0-9a-f]{12}$/u;

/**
 * The twelve hex digits of a MAC address, lower case, from any usual way of writing it (`00:1A:…`, `00-1a-…`, `001a.2b3c.4d5e`,
 * `001a2b-3c4d5e`, no separator); null for anything else, also for several addresses in one text.
 */
export function foldMac(text: string): string | null {
  const groups = text.trim().toLowerCase().split(MAC_SEPARATOR);
  const digits = groups.join('');
  const even = groups.every((group) => group.length === groups[0]?.length);
  return even && TWELVE_HEX_DIGITS.test(digits) ? digits : null;
}

/** A serial number as it is compared; null when blank. */
export function foldSerial(text: string): string | null {
  return foldText(text) || null;
}
