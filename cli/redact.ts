/** Shorter ones are words that happen to be passwords too ("psa"); hiding them would only garble the text. */
const SHORTEST_SECRET = 6;

/** Takes known secrets, and any password inside an address, out of a text that is going to be printed. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), text)
    .replace(/(:\/\/[^\s:/@]*):[^\s/@]+@/g, '$1:***@');
}
