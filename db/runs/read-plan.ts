import { type SQL, sql } from 'drizzle-orm';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import type { LocalValue } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { readNames, referredIds } from '../records/names.ts';
import { textArray } from '../sql.ts';

/** What a dry run may plan for a PSA record. */
export const PLAN_ACTIONS = ['create', 'link', 'update', 'orphan', 'review', 'outside'] as const;
export type PlannedAction = (typeof PLAN_ACTIONS)[number];

/** One step of a dry run's plan. */
export interface PlannedStep {
  readonly kind: Kind;
  readonly action: PlannedAction;
  readonly name: string | null;
  readonly psaId: string;
  /** Rule of a link, reason of a review or of staying outside. */
  readonly reason: string | null;
  /** Our record; null for one that would be created. */
  readonly recordId: string | null;
  /** Fields with what they are and what they would be; named rows by name, other records by our name and by PSA id. */
  readonly changes: Readonly<Record<string, readonly [from: LocalValue, to: LocalValue]>>;
}

export interface PlanFilter {
  readonly kind?: Kind | undefined;
  readonly action?: PlannedAction | undefined;
}

export interface PlanPage {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** Steps of a dry run by kind, action and PSA id. */
export async function readPlan(
  tx: TenantTx,
  runId: string,
  filter: PlanFilter,
  { limit, offset = 0 }: PlanPage,
): Promise<PlannedStep[]> {
  const rows = await tx.db.execute<PlannedStep & Record<string, unknown>>(sql`
    select d.kind, d.action, d.name, d.psa_id as "psaId", d.reason, d.changes,
      case when d.record_id > 0 then d.record_id end as "recordId"
    from dry_run_items d
    where ${chosen(tx, runId, filter)}
    order by array_position(${textArray(KINDS)}, d.kind), array_position(${textArray(PLAN_ACTIONS)}, d.action),
      length(d.psa_id), d.psa_id
    limit ${limit ?? null} offset ${offset}`);
  const names = await readNames(tx, rows.flatMap(idsOf));
  return rows.map((step) => ({
    ...step,
    // The PSA names nothing that it no longer has, so an orphan goes by our own name for it.
    name: step.name ?? names.get(step.recordId ?? '') ?? null,
    changes: Object.fromEntries(
      Object.entries(step.changes).map(([field, [from, to]]) => {
        const [id] = referredIds(step.kind, { [field]: from });
        return [field, [id === undefined ? from : (names.get(id) ?? from), to]];
      }),
    ),
  }));
}

/** Ids that a step shows by name. */
function idsOf({ kind, name, recordId, changes }: PlannedStep): string[] {
  const before = Object.fromEntries(Object.entries(changes).map(([field, [from]]) => [field, from]));
  return [...referredIds(kind, before), ...(name === null && recordId !== null ? [recordId] : [])];
}

export async function countPlan(tx: TenantTx, runId: string, filter: PlanFilter): Promise<number> {
  const [row] = await tx.db.execute<{ count: number }>(
    sql`select count(*)::int as count from dry_run_items d where ${chosen(tx, runId, filter)}`,
  );
  return row?.count ?? 0;
}

function chosen(tx: TenantTx, runId: string, { kind, action }: PlanFilter): SQL {
  return sql`d.tenant_id = ${tx.tenantId} and d.run_id = ${runId}
    and ${kind === undefined ? sql`true` : sql`d.kind = ${kind}`}
    and ${action === undefined ? sql`true` : sql`d.action = ${action}`}`;
}
