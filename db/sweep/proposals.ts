import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { textArray } from '../sql.ts';

export interface OrphanProposal {
  readonly id: string;
  readonly integrationId: string;
  readonly runId: string;
  /** The fence of that run: once a newer one has begun, its findings are out of date. */
  readonly fence: number;
  readonly kind: Kind;
  readonly psaIds: readonly string[];
  readonly liveCount: number;
  readonly state: string;
  readonly createdAt: string;
}

/** Sets a large sweep aside for a person's word; an older one of the same kind is superseded. */
export async function proposeOrphans(
  tx: TenantTx,
  input: Pick<OrphanProposal, 'integrationId' | 'runId' | 'kind' | 'psaIds' | 'liveCount'>,
): Promise<void> {
  await tx.db.execute(sql`
    update orphan_proposals set state = 'superseded', decided_at = now()
    where tenant_id = ${tx.tenantId} and integration_id = ${input.integrationId} and kind = ${input.kind} and state = 'waiting'`);
  await tx.db.execute(sql`
    insert into orphan_proposals (tenant_id, integration_id, run_id, kind, psa_ids, live_count)
    values (${tx.tenantId}, ${input.integrationId}, ${input.runId}, ${input.kind}, ${textArray(input.psaIds)}, ${input.liveCount})`);
}

/** Proposals that wait, newest first; or one by its id. */
export async function listProposals(
  tx: TenantTx,
  filter: { integrationId?: string; id?: string; state?: string },
): Promise<OrphanProposal[]> {
  const rows = await tx.db.execute<{
    id: string;
    integration_id: string;
    run_id: string;
    fence: string;
    kind: Kind;
    psa_ids: string[];
    live_count: number;
    state: string;
    created_at: string;
  }>(sql`
    select p.id, p.integration_id, p.run_id, r.fence, p.kind, p.psa_ids, p.live_count, p.state, p.created_at
    from orphan_proposals p join runs r on r.tenant_id = p.tenant_id and r.id = p.run_id
    where p.tenant_id = ${tx.tenantId}
      ${filter.integrationId === undefined ? sql`` : sql`and p.integration_id = ${filter.integrationId}`}
      ${filter.id === undefined ? sql`` : sql`and p.id = ${filter.id}`}
      ${filter.state === undefined ? sql`` : sql`and p.state = ${filter.state}`}
    order by p.id desc`);
  return rows.map((row) => ({
    id: row.id,
    integrationId: row.integration_id,
    runId: row.run_id,
    fence: Number(row.fence),
    kind: row.kind,
    psaIds: row.psa_ids,
    liveCount: row.live_count,
    state: row.state,
    createdAt: row.created_at,
  }));
}

/** Moves a proposal on; false when it is not in the state it was thought to be in. */
export async function moveProposal(tx: TenantTx, id: string, from: string, to: string): Promise<boolean> {
  const rows = await tx.db.execute(sql`
    update orphan_proposals set state = ${to}, decided_at = now(), decided_by = coalesce(${tx.author}, decided_by)
    where tenant_id = ${tx.tenantId} and id = ${id} and state = ${from} returning id`);
  return rows.length > 0;
}
