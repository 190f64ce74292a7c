/** A name as the vendor's JSON spells it: `AccountName` is `accountName`, `DNSServers` is `dnsServers`; lower case stays. */
export function wireName(name: string): string {
  return name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase());
}

/** The same with all names in it spelled so: what comes in may be written either way. */
export function wireNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wireNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [wireName(name), wireNames(inner)]));
}
