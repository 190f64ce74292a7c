import { type SQL, sql } from 'drizzle-orm';
import { type Counts, NO_COUNTS } from '../../domain/counts.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import { expectedEnd, type Reading, recordsPerHour, type RequestWindow, stillExpected } from '../../domain/pace.ts';
import type { TenantTx } from '../database.ts';
import { PUSH_RESERVE } from '../integrations/lease-budget.ts';
import type { RangeState } from '../schema/run-ranges.ts';
import type { RunJob, RunState } from '../schema/runs.ts';

/** What a run did of one kind so far. */
export interface RunRange {
  readonly kind: Kind;
  readonly state: RangeState;
  readonly pages: number;
  /** Failed tries at the page in hand. */
  readonly tries: number;
  /** How many there are to read, by the PSA's word or by what the run before read; null where neither tells, or more were read. */
  readonly expected: number | null;
  /** When its first page was taken. */
  readonly begunAt: Date | null;
  /** Records an hour so far; null once it is read to its end, and while that can't be told. */
  readonly perHour: number | null;
  readonly counts: Counts;
  readonly orphaned: number;
}

/** A run as people look at it. */
export interface RunView {
  readonly id: string;
  readonly integrationId: string;
  readonly integrationKey: string;
  readonly job: RunJob;
  readonly dryRun: boolean;
  readonly trigger: string;
  readonly state: RunState;
  readonly workflowId: string;
  /** The first execution of its workflow. */
  readonly workflowRunId: string;
  readonly errorCode: string | null;
  readonly errorText: string | null;
  readonly remarks: readonly string[];
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** When all kinds will be read at the pace so far; null once it has ended, and while a kind does not tell. */
  readonly expectedEnd: Date | null;
  /** What keeps its integration from asking the PSA now, and until when; null once the run has ended, and while nothing does. */
  readonly waits: { readonly why: string; readonly until: Date } | null;
  /** In the order in which kinds are read. */
  readonly ranges: readonly RunRange[];
  /** Records, pages and parents that it set aside. */
  readonly rejects: number;
  /** Records that wait for a person's decision since it met them. */
  readonly reviews: number;
  /** Its sweeps that wait for an operator's approval. */
  readonly proposals: number;
}

/** Which run: by its id, or the one that a workflow execution began. */
export type RunSelector = { readonly id: string } | { readonly workflowId: string; readonly workflowRunId: string };

/** A run with all its counts; null when there is none such (a workflow begins its run a moment after it starts). */
export async function readRun(tx: TenantTx, selector: RunSelector): Promise<RunView | null> {
  const where =
    'id' in selector
      ? sql`r.id = ${selector.id}`
      : sql`r.workflow_id = ${selector.workflowId} and r.workflow_run_id = ${selector.workflowRunId}`;
  const [run] = await select(tx, where, 1);
  return run ?? null;
}

export interface RunFilter {
  readonly integrationId?: string | undefined;
  readonly state?: RunState | undefined;
  readonly dryRun?: boolean | undefined;
  readonly workflowRunId?: string | undefined;
}

/** Runs of the tenant, newest first. */
export async function listRuns(tx: TenantTx, filter: RunFilter, limit: number): Promise<RunView[]> {
  const { integrationId, state, dryRun, workflowRunId } = filter;
  const where = sql`${integrationId === undefined ? sql`true` : sql`r.integration_id = ${integrationId}`}
    and ${state === undefined ? sql`true` : sql`r.state = ${state}`}
    and ${dryRun === undefined ? sql`true` : sql`r.dry_run = ${dryRun}`}
    and ${workflowRunId === undefined ? sql`true` : sql`r.workflow_run_id = ${workflowRunId}`}`;
  return select(tx, where, limit);
}

type RangeRow = Omit<RunRange, 'counts' | 'begunAt' | 'perHour'> & Counts & { readonly begun_at: string | null };

interface RunRow extends Omit<RunView, 'startedAt' | 'finishedAt' | 'expectedEnd' | 'waits' | 'ranges'> {
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly now: string;
  readonly windowSeconds: number;
  /** When the first window begins anew whose requests are used up. */
  readonly spentUntil: string | null;
  /** The PSA's own word. */
  readonly restUntil: string | null;
  readonly ranges: readonly RangeRow[];
}

async function select(tx: TenantTx, where: SQL, limit: number): Promise<RunView[]> {
  const rows = await tx.db.execute<RunRow & Record<string, unknown>>(sql`
    select r.id, r.integration_id as "integrationId", i.key as "integrationKey", r.job, r.dry_run as "dryRun", r.trigger, r.state,
      r.workflow_id as "workflowId", r.workflow_run_id as "workflowRunId", r.error_code as "errorCode",
      r.error_text as "errorText", now() as now, (i.settings ->> 'windowSeconds')::float as "windowSeconds",
      (select min(b.window_started_at + w.length) from budgets b, make_interval(secs => (i.settings ->> 'windowSeconds')::float) w (length)
        where b.tenant_id = r.tenant_id and b.integration_id = r.integration_id and b.window_started_at + w.length > now()
          and b.used >= floor((i.settings ->> 'requestsPerWindow')::int * ${1 - PUSH_RESERVE}::float)) as "spentUntil",
      case when i.blocked_until > now() then i.blocked_until end as "restUntil",
      r.remarks, r.started_at as "startedAt", r.finished_at as "finishedAt",
      (select coalesce(json_agg(g), '[]') from run_ranges g where g.tenant_id = r.tenant_id and g.run_id = r.id) as ranges,
      (select count(*)::int from rejects j where j.tenant_id = r.tenant_id and j.run_id = r.id) as rejects,
      (select count(*)::int from reviews v where v.tenant_id = r.tenant_id and v.run_id = r.id and v.state = 'open') as reviews,
      (select count(*)::int from orphan_proposals p
        where p.tenant_id = r.tenant_id and p.run_id = r.id and p.state = 'waiting') as proposals
    from runs r join integrations i on i.tenant_id = r.tenant_id and i.id = r.integration_id
    where r.tenant_id = ${tx.tenantId} and ${where}
    order by r.id desc limit ${limit}`);
  return rows.map(({ now: at, windowSeconds, spentUntil, restUntil, ...row }) => {
    const [now, window] = [new Date(at), { lengthMs: windowSeconds * 1000, isSpent: spentUntil !== null }];
    const isRunning = row.state === 'running';
    const ranges = row.ranges.map((range) => rangeOf(range, isRunning, window, now));
    return {
      ...row,
      startedAt: new Date(row.startedAt),
      finishedAt: timeOrNull(row.finishedAt),
      expectedEnd: isRunning ? expectedEnd(ranges.map(readingOf), window, now) : null,
      waits: isRunning ? waitOf(timeOrNull(restUntil), timeOrNull(spentUntil)) : null,
      ranges: ranges.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
    };
  });
}

function waitOf(restUntil: Date | null, spentUntil: Date | null): RunView['waits'] {
  if (restUntil !== null) return { why: 'the PSA asked us to wait', until: restUntil };
  return spentUntil && { why: "the integration's request budget is used up", until: spentUntil };
}

const timeOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));

const readingOf = ({ state, counts, expected, begunAt }: Omit<RunRange, 'perHour'>): Reading => ({
  ...{ expected, begunAt },
  ended: state !== 'open',
  read: counts.read,
});

const COUNTED = Object.keys(NO_COUNTS) as (keyof Counts)[];

/** A row of `run_ranges`: its count columns are named like our counts. */
function rangeOf(row: RangeRow, isRunning: boolean, window: RequestWindow, now: Date): RunRange {
  const { kind, state, pages, tries, orphaned } = row;
  const counts = COUNTED.reduce<Counts>((all, name) => ({ ...all, [name]: row[name] }), NO_COUNTS);
  const expected = stillExpected(row);
  const range = { kind, state, pages, tries, expected, begunAt: timeOrNull(row.begun_at), counts, orphaned };
  const isRead = isRunning && state === 'open';
  return { ...range, perHour: isRead ? recordsPerHour(readingOf(range), window, now) : null };
}
