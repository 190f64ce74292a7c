import type { ApiRequest } from '../../psa.ts';

/** .NET's way to encode a query value: blanks as plus, hex digits in lower case. */
function encode(value: string): string {
  return encodeURIComponent(value)
    .replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
    .replaceAll('%20', '+')
    .replaceAll("'", '%27')
    .replaceAll('~', '%7e');
}

/** The address of another page: other parameters first, then the page size, then the position. */
function pageAddress(
  request: ApiRequest,
  query: URLSearchParams,
  pageSize: number,
  at: Record<string, number>,
): string {
  const paging = ['page', 'pageid', 'pagesize'];
  const others = [...query].filter(([name]) => !paging.includes(name.toLowerCase()));
  const all = [...others, ['pageSize', String(pageSize)], ...Object.entries(at).map(([name, n]) => [name, String(n)])];
  const encoded = all.map(([name = '', value = '']) => `${name}=${encode(value)}`).join('&');
  return `${request.origin}${request.path}?${encoded}`;
}

/** `Link` of navigable paging; undefined if all rows fit on one page. */
export function navigableLinks(
  request: ApiRequest,
  query: URLSearchParams,
  page: number,
  pageSize: number,
  rows: number,
): string | undefined {
  const last = Math.max(1, Math.ceil(rows / pageSize));
  const link = (name: string, at: number): string =>
    `<${pageAddress(request, query, pageSize, { page: at })}>; rel="${name}"`;
  const links = [
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
    ...(page > 1 ? [link('first', 1), link('prev', Math.min(page - 1, last))] : []),
  ];
  return links.length > 0 ? links.join(', ') : undefined;
}

/** `Link` of forward-only paging: it is there on every page, and empty on the last. */
export function forwardLink(
  request: ApiRequest,
  query: URLSearchParams,
  pageSize: number,
  nextPageId: number | undefined,
): string {
  if (nextPageId === undefined) return '';
  return `<${pageAddress(request, query, pageSize, { pageId: nextPageId })}>; rel="next"`;
}
