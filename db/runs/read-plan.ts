import { type SQL, sql } from 'drizzle-orm';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
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
  /** Fields with what they are and what they would be. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
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
  // An orphan's note holds no name, because the PSA named nothing: the record's own is shown.
  const rows = await tx.db.execute<PlannedStep & Record<string, unknown>>(sql`
    select d.kind, d.action, d.psa_id as "psaId", d.reason, d.changes,
      case when d.record_id > 0 then d.record_id end as "recordId",
      coalesce(d.name,
        (select o.name from organizations o where o.tenant_id = d.tenant_id and o.id = d.record_id),
        (select l.name from locations l where l.tenant_id = d.tenant_id and l.id = d.record_id),
        (select concat_ws(' ', c.first_name, c.last_name) from contacts c where c.tenant_id = d.tenant_id and c.id = d.record_id),
        (select g.name from configurations g where g.tenant_id = d.tenant_id and g.id = d.record_id)) as name
    from dry_run_items d
    where ${chosen(tx, runId, filter)}
    order by array_position(${textArray(KINDS)}, d.kind), array_position(${textArray(PLAN_ACTIONS)}, d.action),
      length(d.psa_id), d.psa_id
    limit ${limit ?? null} offset ${offset}`);
  return [...rows];
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
