/**
 * An answer with its names as the wire spells them, `accountName`: the vendor's document writes them with capitals, and a
 * server that follows it is understood as well.
 */
export function wireNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wireNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [wireName(name), wireNames(inner)]));
}

const wireName = (name: string): string =>
  name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/u, (capitals) => capitals.toLowerCase());
