import { askParts, idsUnder, NOTHING, type Part, readByIds } from '../by-ids.ts';
import type { ByIds, ByIdsRequest } from '../contract.ts';
import { isRefusal } from '../errors.ts';
import { rowId } from '../record-reader.ts';
import type { ConnectWiseClient } from './client.ts';
import { LISTS, sitesOf, type ListSpec } from './lists.ts';
import { READERS } from './mapping.ts';
import { TOP_LISTS } from './pages.ts';
import { among, idChunks } from './query.ts';

/**
 * Single records by id, always through a list filtered by id: a 404 proves nothing at ConnectWise (keys or codebase may be
 * wrong), whereas a list that answers and leaves the id out does.
 */
export async function byIds(
  client: ConnectWiseClient,
  requestsInFlight: number,
  { kind, ids, signal }: ByIdsRequest,
): Promise<ByIds> {
  const reader = READERS[kind];

  async function ask(list: ListSpec, part: readonly string[], organization?: string): Promise<ByIds> {
    const conditions = [among('id', part)];
    const scope = organization === undefined ? 'page' : 'parent';
    const { rows } = await client.list({ list, fields: reader.selects, conditions, scope, signal });
    return readByIds(reader, part, rows, organization);
  }

  /** Sites of one company; when it does not answer for them, they are gone only if the company is. */
  async function askUnder(organization: string | null, part: readonly string[]): Promise<ByIds> {
    if (organization === null) return { ...NOTHING, unknown: part };
    try {
      return await ask(sitesOf(organization), part, organization);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const isGone = error.code === 'not_found' && (await isCompanyGone(client, organization, signal));
      return { ...NOTHING, [isGone ? 'missing' : 'unknown']: part };
    }
  }

  const partsOf = (psaIds: readonly string[], asking: (part: readonly string[]) => Promise<ByIds>): Part[] =>
    idChunks(psaIds, reader.selects).map((part) => ({ ids: part, ask: () => asking(part) }));
  const all = ids.map(({ psaId }) => psaId);
  const parts =
    kind === 'location'
      ? idsUnder(ids, ({ organizationPsaId }) => organizationPsaId).flatMap(([company, sites]) =>
          partsOf(sites, (part) => askUnder(company, part)),
        )
      : partsOf(all, (part) => ask(TOP_LISTS[kind], part));
  return askParts(parts, requestsInFlight);
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
