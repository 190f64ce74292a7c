import type { PageReject } from '../db/pull/page-reject.ts';
import { NOTHING } from '../psa/by-ids.ts';
import { chunks } from '../psa/chunks.ts';
import type { ByIds, ByIdsRequest } from '../psa/contract.ts';
import { isUnreadable, PsaError } from '../psa/errors.ts';

type Asked = ByIdsRequest['ids'];

/** An answer for some of the ids, with what the PSA can't be asked for. */
export interface PartialAnswer extends ByIds {
  readonly setAside: readonly PageReject[];
  /** All that it says something of. */
  readonly of: readonly string[];
}

/** Asked for by id at a time; adapters cut it further where their PSA needs it. */
const ASK_AT_ONCE = 200;

/** More than this is no bad record but a bad server: then what a question is about is set aside as a whole. */
const MOST_UNREADABLE = 20;

/**
 * Asks for records by id and gives each answer before it asks on, so that no failure voids what was answered: whoever takes the
 * answers gets on with every try. What a failure came before is asked for in smaller and smaller parts. At the last try, what
 * can't be read is set aside once it stands alone; any other failure is thrown.
 */
export async function* askInParts(
  ask: (ids: Asked) => Promise<ByIds>,
  ids: Asked,
  lastTry: boolean,
): AsyncGenerator<PartialAnswer> {
  const parts: Asked[] = chunks(ids, ASK_AT_ONCE).reverse();
  let unreadable = 0;
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const answer = await ask(part).catch((error: unknown) => {
      if (!lastTry || !isUnreadable(error)) throw error;
      return error;
    });
    if (!(answer instanceof PsaError)) {
      const notAsked = new Set(answer.notAsked);
      yield { ...answer, setAside: [], of: part.flatMap(({ psaId }) => (notAsked.has(psaId) ? [] : psaId)) };
      parts.push(...halves(part.filter(({ psaId }) => notAsked.has(psaId))).reverse());
      continue;
    }
    if (part.length === 1) unreadable += 1;
    if (part.length === 1 || unreadable >= MOST_UNREADABLE)
      yield { ...NOTHING, setAside: part.map(asReject(answer)), of: part.map(({ psaId }) => psaId) };
    else parts.push(...halves(part).reverse());
  }
}

const halves = (ids: Asked): Asked[] => chunks(ids, Math.ceil(ids.length / 2));

const asReject =
  ({ code, message }: PsaError) =>
  ({ psaId }: Asked[number]): PageReject => ({
    scope: 'record',
    psaId,
    code,
    reason: `asked for by id, because no list had it: ${message}`,
    raw: null,
  });
