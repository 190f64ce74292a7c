/** Where a path leads. */
export type Address =
  | { readonly to: 'api'; readonly codebase: string; readonly parts: readonly string[] }
  | { readonly to: 'company info'; readonly company: string }
  | { readonly to: 'callback key'; readonly codebase: string }
  | { readonly to: 'nowhere' };

/** Reads `/{codebase}/apis/3.0/...`; slashes may be doubled or trail, case does not matter. */
export function parseAddress(path: string): Address {
  const parts = path.split('/').filter(Boolean);
  const [first = '', second, third, ...rest] = parts;
  if (second?.toLowerCase() === 'apis' && third === '3.0')
    return { to: 'api', codebase: first.toLowerCase(), parts: rest };
  if (first.toLowerCase() === 'login' && second?.toLowerCase() === 'companyinfo') {
    return { to: 'company info', company: third ?? '' };
  }
  if (second === 'system' && third === 'callbackkey') return { to: 'callback key', codebase: first };
  return { to: 'nowhere' };
}
