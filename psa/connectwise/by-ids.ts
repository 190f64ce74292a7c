import { allOf, readByIds } from '../by-ids.ts';
import type { ByIds, ByIdsRequest } from '../contract.ts';
import { isRefusal } from '../errors.ts';
import { inFlight } from '../in-flight.ts';
import { rowId } from '../record-reader.ts';
import type { ConnectWiseClient } from './client.ts';
import { LISTS, sitesOf, type ListSpec } from './lists.ts';
import { READERS } from './mapping.ts';
import { TOP_LISTS } from './pages.ts';
import { among, idChunks } from './query.ts';

type Asked = ByIdsRequest['ids'][number];

const NOTHING = { records: [], rejects: [], missing: [], unknown: [] } as const satisfies ByIds;

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
  const answers: ByIds[] = [];

  async function ask(list: ListSpec, part: readonly string[], organization?: string): Promise<ByIds> {
    const conditions = [among('id', part)];
    const scope = organization === undefined ? 'page' : 'parent';
    const { rows } = await client.list({ list, fields: reader.selects, conditions, scope, signal });
    return readByIds(reader, part, rows, organization);
  }

  /** Sites of one company; when it does not answer for them, they are gone only if the company is. */
  async function askUnder(organization: string, part: readonly string[]): Promise<ByIds> {
    try {
      return await ask(sitesOf(organization), part, organization);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const isGone = error.code === 'not_found' && (await isCompanyGone(client, organization, signal));
      return { ...NOTHING, [isGone ? 'missing' : 'unknown']: part };
    }
  }

  if (kind === 'location') {
    const { byCompany, homeless } = grouped(ids);
    answers.push({ ...NOTHING, unknown: homeless });
    const parts = [...byCompany].flatMap(([company, sites]) =>
      idChunks(sites, reader.selects).map((part) => ({ company, part })),
    );
    await inFlight(parts, requestsInFlight, async ({ company, part }) => {
      answers.push(await askUnder(company, part));
    });
  } else {
    const parts = idChunks(
      ids.map(({ psaId }) => psaId),
      reader.selects,
    );
    await inFlight(parts, requestsInFlight, async (part) => {
      answers.push(await ask(TOP_LISTS[kind], part));
    });
  }
  return allOf(answers);
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
