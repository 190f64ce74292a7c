const BELOW = '*.';

/** Whether an address lies at one of some origins; `https://*.example.com` stands for every host right below that one. */
export function isAmong({ origin, protocol, host }: URL, origins: readonly string[]): boolean {
  return origins.some((allowed) => {
    const [scheme = '', place = ''] = allowed.split('//');
    if (!place.startsWith(BELOW)) return origin === allowed;
    const parent = place.slice(BELOW.length);
    const [label = '', ...rest] = host.split('.');
    return protocol === scheme && label !== '' && rest.join('.') === parent;
  });
}
