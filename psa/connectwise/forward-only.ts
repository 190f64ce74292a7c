import { rowId } from '../record-reader.ts';

const NEXT = /\brel="?next\b/iu;
const NEXT_PAGE_ID = /<[^>]*[?&]pageid=(\d+)[^>]*>\s*;[^,]*\brel="?next\b/iu;

/**
 * Where the next page begins, of a list read with `pagination-type: forward-only`; null at the end. ConnectWise ends a list
 * with an empty `Link`; only where a gateway has removed the header is a full page followed by one more request. The link's
 * address is not followed (its host and codebase are not to be relied on): `pageId=N` is documented as "ids above N".
 */
export function nextPage(link: string | undefined, rows: readonly unknown[], pageSize: number): string | null {
  const more = link === undefined ? rows.length >= pageSize : NEXT.test(link);
  if (!more || rows.length === 0) return null;
  return NEXT_PAGE_ID.exec(link ?? '')?.[1] ?? rows.map(rowId).findLast((id) => id !== null) ?? null;
}
