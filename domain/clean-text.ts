import { toUSVString } from 'node:util';

const NUL_OR_RETURN = /[\0\r]/u;
const SURROGATE = /[\ud800-\udfff]/u;

/**
 * Text as we store it, or null when blank. NULs go and lone surrogates become U+FFFD, because Postgres takes neither;
 * line ends become `\n`, so that the same note is the same text on both sides.
 */
export function cleanText(text: string): string | null {
  let clean = text;
  if (NUL_OR_RETURN.test(clean)) clean = clean.replaceAll('\0', '').replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  if (SURROGATE.test(clean)) clean = toUSVString(clean);
  return clean.trim() === '' ? null : clean;
}
