import type { z } from 'zod';
import type { PsaRecord } from '../../domain/psa-record.ts';
import type { PageRequest, PsaPage, RejectedRow } from '../contract.ts';
import { endingAtFailures } from '../ending-at-failures.ts';
import { isUnreadable, PsaError } from '../errors.ts';
import { readInOrder } from '../in-flight.ts';
import { PAGE_SIZE } from './assumptions.ts';
import type { BmsClient } from './client.ts';
import { cursorText } from './list-cursor.ts';
import { RECORDS } from './lists.ts';
import { READERS } from './mapping.ts';
import { behind, surveyLists, wantedAhead } from './outlook.ts';
import { beginning, following, listRequest, readOrSalvage } from './pages.ts';
import { assetRow } from './rows.ts';
import { assetListRow } from './schemas.ts';

/** What came of one asset; empty where it went away meanwhile. */
interface Outcome {
  readonly records: readonly PsaRecord[];
  readonly rejects: readonly RejectedRow[];
}

const GONE: Outcome = { records: [], rejects: [] };

/**
 * Pages of devices. The list holds too little of them, so each takes a request of its own, of which there are 1,500 an hour:
 * only those are asked for that the gate and their organization let in. A failure ends the page before its asset and is thrown
 * when the caller comes for the rest, so that no request is made twice.
 */
export function createAssetPages(
  client: BmsClient,
  requestsInFlight: number,
): (request: PageRequest) => Promise<PsaPage> {
  async function outcomeOf(id: string, { signal, lastTry = false }: PageRequest): Promise<Outcome> {
    try {
      const row = await client.record({ record: RECORDS.assets, id, scope: 'page', signal });
      return READERS.configuration.read([assetRow(row)]);
    } catch (error) {
      if (error instanceof PsaError && error.code === 'not_found') return GONE;
      if (!lastTry || !isUnreadable(error)) throw error;
      return { records: [], rejects: [{ psaId: id, reason: error.message, raw: '' }] };
    }
  }

  return endingAtFailures(async (request) => {
    const at = beginning(request);
    const { rejects, ...answer } = await readOrSalvage(
      client,
      listRequest('configuration', at, request),
      request.lastTry ?? false,
    );
    const { ids, unreadable } = await wanted(answer.rows, request);
    // The place to go on at; from the beginning again where that asset is not on the page any more.
    const rest = ids.slice(ids.indexOf(String(at.after)) + 1);
    const { outcomes, failure } = await readInOrder(rest, requestsInFlight, (id) => outcomeOf(id, request));
    const last = rest[outcomes.length - 1];
    if (failure !== null && last === undefined) throw failure;
    // Where a page is not all there is, it is worth telling how long it will take.
    const isFirstOfMany = request.cursor === null && answer.rows.length >= PAGE_SIZE;
    const countWanted = async (rows: readonly unknown[]) => (await wanted(rows, request)).ids.length;
    const from = isFirstOfMany ? await surveyLists(client, request, countWanted) : at.outlook;
    const outlook = from && behind(from, answer.rows.length, ids.length);
    const next =
      failure === null
        ? following({ ...at, outlook }, answer, request)
        : cursorText({ ...at, after: Number(last), outlook: from });
    const left = outlook ? wantedAhead(outlook) : undefined;
    return {
      records: outcomes.flatMap(({ records }) => records),
      rejects: [
        ...outcomes.flatMap((outcome) => outcome.rejects),
        ...(at.after === 0 ? [...rejects, ...unreadable] : []),
      ],
      failedParents: [],
      parents: [],
      next,
      failure,
      ...(left !== undefined && { left: rest.length - outcomes.length + left }),
    };
  });
}

/** The ids on a page that are worth a request: those of ticked types, in organizations that sync. */
async function wanted(
  rows: readonly unknown[],
  { parents, ticked: { types } }: PageRequest,
): Promise<{ readonly ids: readonly string[]; readonly unreadable: readonly RejectedRow[] }> {
  const inside = new Set(await parents(null, Number.MAX_SAFE_INTEGER));
  const isWanted = ({ accountId, categoryId }: z.output<typeof assetListRow>) =>
    inside.has(String(accountId)) &&
    (types.length === 0 || typeof categoryId !== 'number' || types.includes(String(categoryId)));
  const ids: string[] = [];
  const unreadable: RejectedRow[] = [];
  for (const row of rows) {
    const parsed = assetListRow.safeParse(row);
    const id = READERS.configuration.idOf(row);
    if (id === null) unreadable.push(...READERS.configuration.read([row]).rejects);
    else if (!parsed.success || isWanted(parsed.data)) ids.push(id);
  }
  return { ids, unreadable };
}
