import { countConfigurations, type ApiLookup, readLookup, readLookupPage } from '../../../db/api/read-lookups.ts';
import type { TenantTx } from '../../../db/database.ts';
import { apiError } from '../api-error.ts';
import type { Page, ResourceObject } from './document.ts';
import { checkValues } from './filter-values.ts';
import type { ListRequest } from './list-request.ts';
import { renderRow } from './render-row.ts';
import type { ListResource } from './resource.ts';

/** A page of a named list. `parentId`: only rows under that one. */
export async function readListPage(
  tx: TenantTx,
  resource: ListResource,
  asked: ListRequest,
  parentId?: string,
): Promise<Page> {
  const { filters } = asked;
  for (const [name, values] of filters) checkValues(name, name === 'name' ? 'text' : 'id', values);
  const ids = filters.get('id');
  const names = filters.get('name');
  const parentIds = parentId === undefined ? filters.get('manufacturer_id') : [parentId];
  const { rows, total } = await readLookupPage(tx, {
    list: resource.list,
    ...(ids && { ids }),
    ...(names && { names }),
    ...(parentIds && { parentIds }),
    sort: asked.sorts.map(({ name, descending }) => ({ by: resource.sorts[name] ?? 'id', descending })),
    offset: (asked.page - 1) * asked.size,
    limit: asked.size,
  });
  return { data: await renderRows(tx, resource, rows), total };
}

/** A row of a named list. Throws a 404 when the list has no such row, or not under that parent. */
export async function readListRow(tx: TenantTx, resource: ListResource, id: string, parentId?: string) {
  const row = await readLookup(tx, resource.list, id);
  if (!row || (parentId !== undefined && row.parentId !== parentId)) {
    throw apiError(404, `There is no ${resource.list.replaceAll('_', ' ')} ${id}.`);
  }
  return row;
}

export async function renderRows(
  tx: TenantTx,
  resource: ListResource,
  rows: readonly ApiLookup[],
): Promise<ResourceObject[]> {
  const counted = resource.attributes.some(({ shape }) => shape === 'count');
  const ids = rows.map(({ id }) => id);
  const counts = counted ? await countConfigurations(tx, ids) : new Map<string, number>();
  return rows.map((row) => renderRow(resource, { ...row, count: counts.get(row.id) ?? 0 }));
}
