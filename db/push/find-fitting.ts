import { sql } from 'drizzle-orm';
import { fits } from '../../domain/match.ts';
import type { PlanItem } from '../../domain/plan-types.ts';
import { comparePsaIds, type PsaRecord } from '../../domain/psa-record.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { ApplyContext } from '../apply/context.ts';
import { localise } from '../apply/localise.ts';
import { LookupCache } from '../apply/lookup-cache.ts';
import { textArray } from '../sql.ts';

/** A PSA record that no record of ours is tied to, and that fits the one on its way. */
export interface Fitting {
  readonly record: PsaRecord;
  readonly item: PlanItem;
}

/** Which of the PSA records that a search found may be ours, whatever the gate says; ascending by PSA id. */
export async function findFitting(
  context: ApplyContext,
  found: readonly PsaRecord[],
  { local, organizationId }: { readonly local: LocalValues; readonly organizationId: string | null },
): Promise<Fitting[]> {
  const { tx, integrationId, kind } = context;
  const ties = await tx.db.execute<{ psa_id: string }>(sql`
    select psa_id from links where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and kind = ${kind}
      and psa_id = any(${textArray(found.map(({ psaId }) => psaId))})`);
  const tied = new Set(ties.map((tie) => tie.psa_id));
  const free = found
    .filter(({ psaId, gone }) => !gone && !tied.has(psaId))
    .sort((a, b) => comparePsaIds(a.psaId, b.psaId));
  // Nothing is made in our lists for what may turn out to be somebody else's.
  const looking = { ...context, lookups: new LookupCache(), run: { id: '0', startedAt: 'infinity', dryRun: true } };
  const items = await localise(
    looking,
    free.map(({ psaId, fields }) => ({ psaId, fields, hash: '', organizationId })),
  );
  return free.flatMap((record, index) => {
    const item = items[index];
    return item && fits(kind, item.local, local, context.matchRule) ? [{ record, item }] : [];
  });
}
