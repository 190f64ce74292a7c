import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { RunSettings } from '../../domain/run-settings.ts';
import type { TenantTx } from '../database.ts';
import type { RangeState } from '../schema/run-ranges.ts';
import type { RunJob } from '../schema/runs.ts';

/** Where a run stands in one kind, with what every page of it needs to know of the run. */
export interface OpenRange {
  readonly state: RangeState;
  readonly cursor: string | null;
  /** Failed tries at this cursor. */
  readonly tries: number;
  readonly run: { readonly id: string; readonly startedAt: string; readonly dryRun: boolean };
  readonly job: RunJob;
  readonly settings: RunSettings;
  readonly mappingVersion: number;
}

export async function readRange(tx: TenantTx, runId: string, kind: Kind): Promise<OpenRange> {
  const [row] = await tx.db.execute<{
    state: RangeState;
    cursor: string | null;
    tries: number;
    started_at: string;
    dry_run: boolean;
    job: RunJob;
    settings: RunSettings;
    mapping_version: number;
  }>(sql`
    select g.state, g.cursor, g.tries, r.started_at, r.dry_run, r.job, r.settings, r.mapping_version
    from run_ranges g join runs r on r.tenant_id = g.tenant_id and r.id = g.run_id
    where g.tenant_id = ${tx.tenantId} and g.run_id = ${runId} and g.kind = ${kind}`);
  if (!row) throw new Error(`run ${runId} has no range for ${kind}`);
  return {
    state: row.state,
    cursor: row.cursor,
    tries: row.tries,
    run: { id: runId, startedAt: row.started_at, dryRun: row.dry_run },
    job: row.job,
    settings: row.settings,
    mappingVersion: row.mapping_version,
  };
}

/**
 * Organizations that children may belong to, PSA id -> our id: live links that this run met inside the gate, or all
 * live ones where it did not read every organization (a row without a readable id may be any of them); a dry run's
 * planned ones too.
 */
export async function organizationsInside(
  tx: TenantTx,
  integrationId: string,
  run: { readonly id: string; readonly dryRun: boolean },
): Promise<Map<string, string>> {
  const rows = await tx.db.execute<{ psa_id: string; record_id: string }>(sql`
    with read as (
      select from run_ranges g where g.tenant_id = ${tx.tenantId} and g.run_id = ${run.id} and g.kind = 'organization'
        and g.state = 'complete' and not exists (select from rejects j where j.tenant_id = g.tenant_id and j.run_id = g.run_id
          and j.kind = g.kind and j.scope = 'record' and j.psa_id is null)),
    seen as materialized (
      select unnest(psa_ids) as psa_id from run_seen where tenant_id = ${tx.tenantId} and run_id = ${run.id} and kind = 'organization')
    select psa_id, record_id from links
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and kind = 'organization'
      and state in ('live', 'error') and (not exists (select from read) or psa_id in (select psa_id from seen))
    union
    select psa_id, record_id from dry_run_items
    where ${run.dryRun} and tenant_id = ${tx.tenantId} and run_id = ${run.id} and kind = 'organization' and action in ('create', 'link', 'update')`);
  return new Map(rows.map((row) => [row.psa_id, row.record_id]));
}

/** The next number on the sequence of reads and writes. */
export async function drawReadSeq(tx: TenantTx): Promise<string> {
  const [row] = await tx.db.execute<{ seq: string }>(sql`select nextval('sync_seq')::text as seq`);
  return row?.seq ?? '0';
}

/** Notes a failed try at a range's cursor, or, once it is read to its end, at its sweep. */
export async function countTry(tx: TenantTx, runId: string, kind: Kind): Promise<void> {
  await tx.db.execute(sql`
    update run_ranges set tries = tries + 1 where tenant_id = ${tx.tenantId} and run_id = ${runId} and kind = ${kind}`);
}

/** A sweep that ended leaves no tries behind: an approved one begins anew. */
export async function clearTries(tx: TenantTx, runId: string, kind: Kind): Promise<void> {
  await tx.db.execute(sql`
    update run_ranges set tries = 0 where tenant_id = ${tx.tenantId} and run_id = ${runId} and kind = ${kind}`);
}
