import type { PageReject } from '../db/pull/page-reject.ts';
import type { ByIds, ByIdsRequest } from '../psa/contract.ts';
import { isUnreadable, type PsaError } from '../psa/errors.ts';

type Asked = ByIdsRequest['ids'];

/** An answer with what the PSA can't be asked for. */
export interface PartialAnswer extends ByIds {
  readonly setAside: readonly PageReject[];
}

/** More than this is no bad record but a bad server: then what a question is about is set aside as a whole. */
const MOST_UNREADABLE = 20;

/**
 * Asks for records by id where the PSA could not answer before: in smaller and smaller parts, until what can't be asked
 * for stands alone and is set aside. Any error that asking for less can't mend is the caller's.
 */
export function partsAsker(ask: (ids: Asked) => Promise<ByIds>): (ids: Asked) => Promise<PartialAnswer> {
  let unreadable = 0;
  return async function inParts(ids): Promise<PartialAnswer> {
    try {
      return { ...(await ask(ids)), setAside: [] };
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      if (ids.length === 1) unreadable += 1;
      if (ids.length === 1 || unreadable >= MOST_UNREADABLE) return { ...NOTHING, setAside: ids.map(asReject(error)) };
      const middle = Math.ceil(ids.length / 2);
      const first = await inParts(ids.slice(0, middle));
      const rest = await inParts(ids.slice(middle));
      return {
        records: [...first.records, ...rest.records],
        rejects: [...first.rejects, ...rest.rejects],
        missing: [...first.missing, ...rest.missing],
        unknown: [...first.unknown, ...rest.unknown],
        setAside: [...first.setAside, ...rest.setAside],
      };
    }
  };
}

const NOTHING = { records: [], rejects: [], missing: [], unknown: [] };

const asReject =
  ({ code, message }: PsaError) =>
  ({ psaId }: Asked[number]): PageReject => ({
    scope: 'record',
    psaId,
    code,
    reason: `asked for by id, because no list had it: ${message}`,
    raw: null,
  });
