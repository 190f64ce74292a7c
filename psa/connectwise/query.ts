import { MAX_QUERY_CHARACTERS, PAGE_SIZE } from './assumptions.ts';

export interface ListQuery {
  /** Empty: whole rows. */
  readonly fields: readonly string[];
  /** In ConnectWise's grammar, joined by `and`. Those that make the address too long are left out; callers filter again. */
  readonly conditions?: readonly string[];
  /** Rows with a higher id than this; null for the first page. */
  readonly after?: string | null;
  readonly pageSize?: number;
}

/** The query of a list request, with its question mark. */
export function listQuery({ fields, conditions = [], after = null, pageSize = PAGE_SIZE }: ListQuery): string {
  const params = {
    ...(fields.length > 0 && { fields: fields.join(',') }),
    pageSize: String(pageSize),
    ...(after !== null && { pageId: after }),
  };
  const query = (fitting: readonly string[]) => {
    const filter = fitting.length === 0 ? {} : { conditions: fitting.join(' and ') };
    return `?${new URLSearchParams({ ...filter, ...params }).toString()}`;
  };
  const fitting: string[] = [];
  for (const condition of conditions) {
    if (query([...fitting, condition]).length <= MAX_QUERY_CHARACTERS) fitting.push(condition);
  }
  return query(fitting);
}

/** `path in (1,2,3)`; ids are bare numbers in the grammar, so nothing else may get in. */
export function among(path: string, ids: readonly string[]): string {
  const bad = ids.find((id) => !/^\d+$/u.test(id));
  if (bad !== undefined) throw new RangeError(`${bad} is no ConnectWise id: they are whole numbers`);
  return `${path} in (${ids.join(',')})`;
}

/** Splits ids so that asking for each part by `id in (…)` fits into one address. */
export function idChunks(ids: readonly string[], fields: readonly string[]): string[][] {
  const room = MAX_QUERY_CHARACTERS - listQuery({ fields, conditions: ['id in ()'] }).length;
  const chunks: string[][] = [];
  let left = 0;
  for (const id of ids) {
    const characters = id.length + '%2C'.length;
    if (left < characters) {
      chunks.push([]);
      left = room;
    }
    chunks.at(-1)?.push(id);
    left -= characters;
  }
  return chunks;
}
