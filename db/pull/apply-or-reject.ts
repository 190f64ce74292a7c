import { addCounts, NO_COUNTS } from '../../domain/counts.ts';
import { unlessLost } from '../unless-lost.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import { type Applied, applyRecords } from '../apply/apply-records.ts';
import type { ApplyContext } from '../apply/context.ts';
import type { PageReject } from './page-reject.ts';

export interface AppliedOrRejected extends Applied {
  readonly rejects: readonly PageReject[];
}

/** Enough of a record to see what is wrong with it. */
const RAW_LENGTH = 4_000;

/**
 * Applies records; what Postgres can't take (a value too long for an index, say) is found by halving and set aside as a
 * reject, so that one record never holds up its page. Any other failure is the caller's.
 */
export async function applyOrReject(context: ApplyContext, records: readonly PsaRecord[]): Promise<AppliedOrRejected> {
  try {
    const { tx } = context;
    const applied = await tx.db.transaction((db) =>
      unlessLost(applyRecords({ ...context, tx: { ...tx, db } }, records)),
    );
    return { ...applied, rejects: [] };
  } catch (error) {
    const code = dataErrorCode(error);
    if (code === null) throw error;
    // Rows that the failed part made in the named lists are gone with it.
    context.lookups.clear();
    const [only, second] = records;
    if (only && !second) return { counts: NO_COUNTS, outside: [], seen: [], rejects: [reject(only, code)] };
    const middle = Math.ceil(records.length / 2);
    const first = await applyOrReject(context, records.slice(0, middle));
    const rest = await applyOrReject(context, records.slice(middle));
    return {
      counts: addCounts(first.counts, rest.counts),
      outside: [...first.outside, ...rest.outside],
      seen: [...first.seen, ...rest.seen],
      rejects: [...first.rejects, ...rest.rejects],
    };
  }
}

function reject(record: PsaRecord, code: string): PageReject {
  return {
    scope: 'record',
    psaId: record.psaId,
    code: 'not_storable',
    reason: `the database cannot store it (SQLSTATE ${code}): look at its values for one that is far too long`,
    raw: JSON.stringify(record.fields).slice(0, RAW_LENGTH),
  };
}

/** SQLSTATE of an error that lies in the data: wrong values (22), broken constraints (23), limits of Postgres (54). */
function dataErrorCode(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^(22|23|54)[0-9A-Z]{3}$/.test(code)) return code;
  }
  return null;
}
