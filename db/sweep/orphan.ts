import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import { isStale } from '../apply/is-stale.ts';
import type { TenantTx } from '../database.ts';
import { OvertakenError } from '../overtaken-error.ts';
import { textArray } from '../sql.ts';

export interface OrphanInput {
  readonly integrationId: string;
  readonly runId: string;
  readonly fence: number;
  readonly kind: Kind;
  readonly psaIds: readonly string[];
  /** Drawn before the PSA was asked for them. */
  readonly readSeq: string;
  readonly dryRun: boolean;
}

/** Ends the ties of records whose PSA record is gone or outside; the records stay and become editable. */
export async function orphanLinks(tx: TenantTx, input: OrphanInput): Promise<number> {
  await holdFence(tx, input.integrationId, input.fence);
  const ids = textArray(input.psaIds);
  if (input.dryRun) {
    await tx.db.execute(sql`
      insert into dry_run_items (tenant_id, run_id, kind, psa_id, action, record_id, local, changes)
      select l.tenant_id, ${input.runId}::bigint, l.kind, l.psa_id, 'orphan', l.record_id, '{}', '{}' from links l
      where l.tenant_id = ${tx.tenantId} and l.integration_id = ${input.integrationId} and l.kind = ${input.kind}
        and l.psa_id = any(${ids})
      on conflict (tenant_id, run_id, kind, psa_id) do update set action = 'orphan'`);
    return input.psaIds.length;
  }
  const rows = await tx.db.execute(sql`
    update links set state = 'orphaned', error = null, updated_at = now()
    where tenant_id = ${tx.tenantId} and integration_id = ${input.integrationId} and kind = ${input.kind}
      and state in ('live', 'error') and psa_id = any(${ids}) and not ${isStale(input.readSeq)}
    returning psa_id`);
  await tx.db.execute(sql`
    update run_ranges set orphaned = orphaned + ${rows.length}
    where tenant_id = ${tx.tenantId} and run_id = ${input.runId} and kind = ${input.kind}`);
  return rows.length;
}

/** Goes on only while no newer run has begun. */
export async function holdFence(tx: TenantTx, integrationId: string, fence: number): Promise<void> {
  const [holds] = await tx.db.execute<{ fence: string }>(sql`
    select fence from integrations where tenant_id = ${tx.tenantId} and id = ${integrationId} for share`);
  if (Number(holds?.fence) !== fence) throw new OvertakenError('a newer run of this integration has begun');
}
