import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import type { PageReject } from '../pull/page-reject.ts';
import { rowsOf } from '../sql.ts';

export interface RejectsOf {
  readonly integrationId: string;
  readonly runId: string;
  readonly kind: Kind;
}

/** Notes what a page had to set aside. */
export async function writeRejects(tx: TenantTx, of: RejectsOf, rejects: readonly PageReject[]): Promise<void> {
  await insertRejects(tx, of, rejects, false);
}

/**
 * Notes what a sweep had to set aside: but for what the run set aside before, since a sweep may be tried again, and the
 * PSA answers by id what it answered in its list. A run that has ended well by then has not.
 */
export async function writeSweepRejects(tx: TenantTx, of: RejectsOf, rejects: readonly PageReject[]): Promise<void> {
  await insertRejects(tx, of, rejects, true);
  if (rejects.length === 0) return;
  await tx.db.execute(sql`
    update runs set state = 'completed_with_rejects'
    where tenant_id = ${tx.tenantId} and id = ${of.runId} and state = 'completed'`);
}

async function insertRejects(
  tx: TenantTx,
  { integrationId, runId, kind }: RejectsOf,
  rejects: readonly PageReject[],
  once: boolean,
): Promise<void> {
  if (rejects.length === 0) return;
  const columns = { scope: 'text', psaId: 'text', code: 'text', reason: 'text', raw: 'text' };
  await tx.db.execute(sql`
    insert into rejects (tenant_id, integration_id, run_id, kind, scope, psa_id, code, reason, raw)
    select ${tx.tenantId}::bigint, ${integrationId}::bigint, ${runId}::bigint, ${kind}, scope, "psaId", code, reason, raw
    from ${rowsOf(rejects, 'r', columns)}
    where not ${once} or not exists (select from rejects j
      where j.tenant_id = ${tx.tenantId} and j.run_id = ${runId} and j.kind = ${kind} and j.scope = r.scope
        and j.psa_id is not distinct from r."psaId" and (r."psaId" is not null or j.raw is not distinct from r.raw))`);
}
