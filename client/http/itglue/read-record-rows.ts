import { type ApiRecord, readRecordPage, readRecords } from '../../../db/api/read-records.ts';
import type { Condition } from '../../../db/api/record-query.ts';
import type { TenantTx } from '../../../db/database.ts';
import { apiError } from '../api-error.ts';
import type { Page, ResourceObject } from './document.ts';
import { addIncluded } from './include.ts';
import type { ListRequest } from './list-request.ts';
import { recordConditions } from './record-conditions.ts';
import { renderRecord } from './render-record.ts';
import type { RecordResource } from './resource.ts';
import { readSurroundings } from './surroundings.ts';

/** A page of a kind. `organizationId`: only what belongs to it. */
export async function readRecordRows(
  tx: TenantTx,
  resource: RecordResource,
  asked: ListRequest,
  organizationId?: string,
): Promise<Page> {
  const inside: Condition[] = organizationId === undefined ? [] : [{ field: 'organization', anyOf: [organizationId] }];
  const { records, total } = await readRecordPage(tx, {
    kind: resource.kind,
    where: [...inside, ...recordConditions(resource, asked.filters)],
    sort: asked.sorts.map(({ name, descending }) => ({ by: resource.sorts[name] ?? { record: 'id' }, descending })),
    offset: (asked.page - 1) * asked.size,
    limit: asked.size,
  });
  return { ...(await showRecords(tx, resource, records, asked.includes, true)), total };
}

/** Records as replies show them, with what is to be included. */
export async function showRecords(
  tx: TenantTx,
  resource: RecordResource,
  records: readonly ApiRecord[],
  includes: readonly string[] = [],
  inList = false,
): Promise<{ readonly data: readonly ResourceObject[]; readonly included?: readonly ResourceObject[] }> {
  const around = await readSurroundings(tx, resource, records);
  const shown = records.map((record) => ({ record, object: renderRecord(resource, record, around, inList) }));
  return addIncluded(tx, resource, shown, around, includes);
}

/** Records by id, in that order. Throws a 404 when one is not of this kind, or does not belong to that organization. */
export async function findRecords(
  tx: TenantTx,
  resource: RecordResource,
  ids: readonly string[],
  organizationId?: string,
): Promise<readonly ApiRecord[]> {
  const found = await readRecords(tx, resource.kind, ids);
  const here = found.filter(({ values }) => organizationId === undefined || values['organization'] === organizationId);
  const missing = ids.filter((id) => !here.some((record) => record.id === id));
  if (missing.length === 0) return here;
  throw apiError(404, `There is no ${resource.kind} ${missing.join(', ')}.`);
}

export async function findRecord(
  tx: TenantTx,
  resource: RecordResource,
  id: string,
  organizationId?: string,
): Promise<ApiRecord> {
  const [record] = await findRecords(tx, resource, [id], organizationId);
  if (!record) throw apiError(404, `There is no ${resource.kind} ${id}.`);
  return record;
}
