import { type SQL, sql } from 'drizzle-orm';
import { type Counts, NO_COUNTS } from '../../domain/counts.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import type { RangeState } from '../schema/run-ranges.ts';
import type { RunJob, RunState } from '../schema/runs.ts';

/** How far a run is in one kind, and what became of what it read. */
export interface RunRange {
  readonly kind: Kind;
  readonly state: RangeState;
  readonly pages: number;
  /** Failed tries at the page in hand. */
  readonly tries: number;
  /** How many there may be, by an earlier run; null when nothing tells. */
  readonly expected: number | null;
  readonly counts: Counts;
  readonly orphaned: number;
}

/** A run as people look at it. */
export interface RunView {
  readonly id: string;
  readonly integrationId: string;
  /** Key of the integration. */
  readonly integration: string;
  readonly provider: string;
  readonly job: RunJob;
  readonly dryRun: boolean;
  readonly trigger: string;
  readonly state: RunState;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly errorCode: string | null;
  readonly errorText: string | null;
  readonly remarks: readonly string[];
  /** In the order in which they are read. */
  readonly ranges: readonly RunRange[];
  /** Records, pages and parents that this run set aside. */
  readonly rejects: number;
  /** Records that wait for a person's decision since this run met them. */
  readonly reviews: number;
  /** Sweeps of this run that wait for an operator's approval. */
  readonly proposals: number;
  readonly workflowId: string;
  /** The first execution of its workflow. */
  readonly workflowRunId: string;
}

export interface RunFilter {
  readonly integrationId?: string | undefined;
  readonly state?: RunState | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Runs of the tenant, newest first. */
export async function listRuns(tx: TenantTx, filter: RunFilter, limit: number): Promise<RunView[]> {
  const { integrationId, state, dryRun } = filter;
  return select(
    tx,
    sql`${integrationId === undefined ? sql`true` : sql`r.integration_id = ${integrationId}`}
      and ${state === undefined ? sql`true` : sql`r.state = ${state}`}
      and ${dryRun === undefined ? sql`true` : sql`r.dry_run = ${dryRun}`}`,
    limit,
  );
}

/** One run; null when the tenant has none of that id. */
export async function readRun(tx: TenantTx, id: string): Promise<RunView | null> {
  const [run] = await select(tx, sql`r.id = ${id}`, 1);
  return run ?? null;
}

/** The run that a workflow writes; null as long as it has not begun one. `firstRunId`: of the workflow's first execution. */
export async function findRunOfWorkflow(tx: TenantTx, workflowId: string, firstRunId: string): Promise<RunView | null> {
  const [run] = await select(tx, sql`r.workflow_id = ${workflowId} and r.workflow_run_id = ${firstRunId}`, 1);
  return run ?? null;
}

type Row = Omit<RunView, 'startedAt' | 'finishedAt' | 'ranges'> & {
  startedAt: string;
  finishedAt: string | null;
  ranges: Readonly<Record<string, number>>[];
};

async function select(tx: TenantTx, condition: SQL, limit: number): Promise<RunView[]> {
  const rows = await tx.db.execute<Row & Record<string, unknown>>(sql`
    select r.id, r.integration_id as "integrationId", i.key as integration, i.provider, r.job, r.dry_run as "dryRun",
      r.trigger, r.state, r.started_at as "startedAt", r.finished_at as "finishedAt", r.error_code as "errorCode",
      r.error_text as "errorText", r.remarks, r.workflow_id as "workflowId", r.workflow_run_id as "workflowRunId",
      (select coalesce(json_agg(g), '[]') from run_ranges g where g.tenant_id = r.tenant_id and g.run_id = r.id) as ranges,
      (select count(*)::int from rejects j where j.tenant_id = r.tenant_id and j.run_id = r.id) as rejects,
      (select count(*)::int from reviews v where v.tenant_id = r.tenant_id and v.run_id = r.id and v.state = 'open') as reviews,
      (select count(*)::int from orphan_proposals p
        where p.tenant_id = r.tenant_id and p.run_id = r.id and p.state = 'waiting') as proposals
    from runs r join integrations i on i.tenant_id = r.tenant_id and i.id = r.integration_id
    where r.tenant_id = ${tx.tenantId} and ${condition}
    order by r.id desc limit ${limit}`);
  return rows.map((row) => ({
    ...row,
    startedAt: new Date(row.startedAt),
    finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt),
    ranges: row.ranges.map(rangeOf).sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
  }));
}

/** A row of `run_ranges`, whose count columns are named like our counts. */
function rangeOf(row: Readonly<Record<string, unknown>>): RunRange {
  const { kind, state, pages, tries, expected, orphaned } = row as unknown as Omit<RunRange, 'counts'>;
  const names = Object.keys(NO_COUNTS) as (keyof Counts)[];
  const counts = Object.fromEntries(names.map((name) => [name, Number(row[name])])) as unknown as Counts;
  return { kind, state, pages, tries, expected, counts, orphaned };
}
