import { sql } from 'drizzle-orm';
import type { Counts } from '../../domain/counts.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import type { RangeState } from '../schema/run-ranges.ts';
import type { RunJob, RunState } from '../schema/runs.ts';

/** What a run did of one kind so far. */
export interface RunRange {
  readonly kind: Kind;
  readonly state: RangeState;
  readonly pages: number;
  /** How many the run before it read; null when there was none. */
  readonly expected: number | null;
  readonly counts: Counts;
  readonly orphaned: number;
}

export interface RunView {
  readonly id: string;
  readonly integrationId: string;
  readonly integrationKey: string;
  readonly job: RunJob;
  readonly dryRun: boolean;
  readonly trigger: string;
  readonly state: RunState;
  readonly workflowId: string;
  readonly errorCode: string | null;
  readonly errorText: string | null;
  readonly remarks: readonly string[];
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** In the order in which kinds are read. */
  readonly ranges: readonly RunRange[];
}

/** Which run: by its id, or the newest that a workflow execution began. */
export type RunSelector = { readonly id: string } | { readonly workflowId: string; readonly workflowRunId: string };

/** A run with all its counts; null when there is none such (a workflow begins its run a moment after it starts). */
export async function readRun(tx: TenantTx, selector: RunSelector): Promise<RunView | null> {
  const where =
    'id' in selector
      ? sql`r.id = ${selector.id}`
      : sql`r.workflow_id = ${selector.workflowId} and r.workflow_run_id = ${selector.workflowRunId}`;
  const [run] = await tx.db.execute<Omit<RunView, 'ranges'> & Record<string, unknown>>(sql`
    select r.id, r.integration_id as "integrationId", i.key as "integrationKey", r.job, r.dry_run as "dryRun", r.trigger, r.state,
      r.workflow_id as "workflowId", r.error_code as "errorCode", r.error_text as "errorText", r.remarks,
      r.started_at as "startedAt", r.finished_at as "finishedAt"
    from runs r join integrations i on i.tenant_id = r.tenant_id and i.id = r.integration_id
    where r.tenant_id = ${tx.tenantId} and ${where} order by r.id desc limit 1`);
  return run ? { ...run, ranges: await readRanges(tx, run.id) } : null;
}

async function readRanges(tx: TenantTx, runId: string): Promise<RunRange[]> {
  const rows = await tx.db.execute<Omit<RunRange, 'counts'> & Counts & Record<string, unknown>>(sql`
    select kind, state, pages, expected, read, created, linked, updated, unchanged, outside, review, rejected, orphaned
    from run_ranges where tenant_id = ${tx.tenantId} and run_id = ${runId}
    order by array_position(array['organization', 'location', 'contact', 'configuration'], kind)`);
  return rows.map(({ kind, state, pages, expected, orphaned, ...counts }) => ({
    kind,
    state,
    pages,
    expected,
    orphaned,
    counts,
  }));
}
