import { sql } from 'drizzle-orm';
import { holdersInDoubt } from '../../domain/holders-in-doubt.ts';
import type { PlanInput } from '../../domain/plan-types.ts';
import { textArray } from '../sql.ts';
import type { ApplyContext } from './context.ts';

/** A PSA record that the PSA has to be asked for. */
export interface Holder {
  readonly psaId: string;
  /** The PSA id of its organization as of the base. */
  readonly organizationPsaId: string | null;
}

/** Before a page can be planned, the PSA has to be asked whether these are gone. Nothing was written. */
export class HoldersInDoubtError extends Error {
  override readonly name = 'HoldersInDoubtError';
  readonly holders: readonly Holder[];

  constructor(holders: readonly Holder[]) {
    super(`${holders.length} links hold what a newcomer fits, and this run has not met their PSA records`);
    this.holders = holders;
  }
}

/**
 * A company that was deleted and made anew in the PSA finds its record in the run that meets it first, though its old
 * link is still live. A holder that this run has met, or asked for, is no matter of doubt.
 * @throws HoldersInDoubtError
 */
export async function refuseHoldersInDoubt(context: ApplyContext, input: PlanInput): Promise<void> {
  const { tx, integrationId, kind, run, holders } = context;
  if (!run || !holders) return;
  const asked = new Set(holders.asked);
  const doubted = holdersInDoubt(input).filter((psaId) => !asked.has(psaId));
  if (doubted.length === 0) return;
  const rows = await tx.db.execute<{ psa_id: string; organization: string | null }>(sql`
    with seen as materialized (
      select unnest(psa_ids) as psa_id from run_seen where tenant_id = ${tx.tenantId} and run_id = ${run.id} and kind = ${kind})
    select psa_id, base ->> 'organization' as organization from links
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and kind = ${kind} and state in ('live', 'error')
      and psa_id = any(${textArray(doubted)}) and psa_id not in (select psa_id from seen)
    order by length(psa_id), psa_id`);
  if (rows.length === 0) return;
  throw new HoldersInDoubtError(
    rows.map(({ psa_id, organization }) => ({ psaId: psa_id, organizationPsaId: organization })),
  );
}
