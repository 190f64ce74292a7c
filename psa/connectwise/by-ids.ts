import type { ByIds, ByIdsRequest } from '../contract.ts';
import { inFlight } from '../in-flight.ts';
import { rowId } from '../record-reader.ts';
import type { ConnectWiseClient } from './client.ts';
import { isRefusal } from './errors.ts';
import { LISTS, sitesOf, type ListSpec } from './lists.ts';
import { READERS } from './mapping.ts';
import { TOP_LISTS } from './pages.ts';
import { among, idChunks } from './query.ts';

type Asked = ByIdsRequest['ids'][number];
type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/**
 * Single records by id, always through a list filtered by id: a 404 proves nothing at ConnectWise (keys or codebase may be
 * wrong), whereas a list that answers and leaves the id out does.
 */
export async function byIds(
  client: ConnectWiseClient,
  requestsInFlight: number,
  { kind, ids, signal }: ByIdsRequest,
): Promise<ByIds> {
  const found: Mutable<ByIds> = { records: [], rejects: [], missing: [], unknown: [] };
  const reader = READERS[kind];

  async function ask(list: ListSpec, part: readonly string[], organization?: string): Promise<void> {
    const conditions = [among('id', part)];
    const scope = organization === undefined ? 'page' : 'parent';
    const { rows } = await client.list({ list, fields: reader.selects, conditions, scope, signal });
    const { records, rejects } = reader.read(rows, organization);
    found.records.push(...records);
    found.rejects.push(...rejects);
    const there = new Set(rows.map(rowId));
    const absent = part.filter((id) => !there.has(id));
    found[there.has(null) ? 'unknown' : 'missing'].push(...absent); // a row without a readable id may be any of them
  }

  /** Sites of one company; when it does not answer for them, they are gone only if the company is. */
  async function askUnder(organization: string, part: readonly string[]): Promise<void> {
    try {
      await ask(sitesOf(organization), part, organization);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const isGone = error.code === 'not_found' && (await isCompanyGone(client, organization, signal));
      found[isGone ? 'missing' : 'unknown'].push(...part);
    }
  }

  if (kind === 'location') {
    const { byCompany, homeless } = grouped(ids);
    found.unknown.push(...homeless);
    const parts = [...byCompany].flatMap(([company, sites]) =>
      idChunks(sites, reader.selects).map((part) => ({ company, part })),
    );
    await inFlight(parts, requestsInFlight, ({ company, part }) => askUnder(company, part));
  } else {
    const parts = idChunks(
      ids.map(({ psaId }) => psaId),
      reader.selects,
    );
    await inFlight(parts, requestsInFlight, (part) => ask(TOP_LISTS[kind], part));
  }
  return found;
}

/** Proven by a list of companies that answers without it, or shows it as deleted. */
async function isCompanyGone(client: ConnectWiseClient, id: string, signal: AbortSignal | undefined): Promise<boolean> {
  const { rows } = await client.list({
    list: LISTS.companies,
    fields: ['id', 'deletedFlag'],
    conditions: [among('id', [id])],
    scope: 'page',
    signal,
  });
  const company = rows.find((row) => rowId(row) === id);
  return company === undefined || (company as { readonly deletedFlag?: unknown }).deletedFlag === true;
}

function grouped(ids: readonly Asked[]): { byCompany: Map<string, string[]>; homeless: string[] } {
  const byCompany = new Map<string, string[]>();
  const homeless: string[] = [];
  for (const { psaId, organizationPsaId } of ids) {
    if (organizationPsaId === null) homeless.push(psaId);
    else byCompany.set(organizationPsaId, [...(byCompany.get(organizationPsaId) ?? []), psaId]);
  }
  return { byCompany, homeless };
}
