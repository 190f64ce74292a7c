import { sql } from 'drizzle-orm';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import type { PushState } from '../../domain/push-states.ts';
import type { TenantTx } from '../database.ts';
import { dateOrNull, type RawRow } from '../raw-row.ts';
import { Refusal } from '../refusal.ts';
import type { PushPlanItemState, PushPlanState } from '../schema/push-plans.ts';

/** What became of the records of a kind so far. */
export interface PlanCount {
  readonly kind: Kind;
  /** To be made in the PSA, or changed there. */
  readonly creates: number;
  readonly updates: number;
  readonly planned: number;
  readonly skipped: number;
  /** On their way, or waiting for another record. */
  readonly pending: number;
  readonly pushed: number;
  /** Failed, or in need of a decision. */
  readonly stopped: number;
}

export interface PushPlan {
  readonly id: string;
  readonly integrationId: string;
  /** The integration's key. */
  readonly integration: string;
  readonly state: PushPlanState;
  readonly records: number;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
  readonly finishedAt: Date | null;
  readonly counts: readonly PlanCount[];
}

/** A plan with how far it is. */
export async function readPushPlan(tx: TenantTx, id: string): Promise<PushPlan> {
  const [row] = await tx.db.execute<RawRow<Omit<PushPlan, 'counts'>>>(sql`
    select p.id, p.integration_id as "integrationId", i.key as integration, p.state, p.records, p.created_at as "createdAt",
      p.created_by as "createdBy", p.confirmed_at as "confirmedAt", p.confirmed_by as "confirmedBy", p.finished_at as "finishedAt"
    from push_plans p join integrations i on i.tenant_id = p.tenant_id and i.id = p.integration_id
    where p.tenant_id = ${tx.tenantId} and p.id = ${id}`);
  if (!row) throw new Refusal(`There is no plan ${id}.`);
  return {
    ...row,
    createdAt: new Date(row.createdAt),
    confirmedAt: dateOrNull(row.confirmedAt),
    finishedAt: dateOrNull(row.finishedAt),
    counts: await countPlan(tx, id),
  };
}

/** Counts of a plan by kind, in the order in which kinds are sent. */
export async function countPlan(tx: TenantTx, id: string): Promise<PlanCount[]> {
  const asked = sql`t.state = 'asked'`;
  const rows = await tx.db.execute<PlanCount & Record<string, unknown>>(sql`
    select t.kind, (count(*) filter (where t.fields is null))::int as creates,
      (count(*) filter (where t.fields is not null))::int as updates,
      (count(*) filter (where t.state = 'planned'))::int as planned, (count(*) filter (where t.state = 'skipped'))::int as skipped,
      (count(*) filter (where ${asked} and p.state in ('pending', 'waiting')))::int as pending,
      (count(*) filter (where ${asked} and coalesce(p.state, 'discarded') in ('pushed', 'discarded')))::int as pushed,
      (count(*) filter (where ${asked} and p.state in ('failed', 'attention')))::int as stopped
    from push_plan_items t
    join push_plans n on n.tenant_id = t.tenant_id and n.id = t.plan_id
    left join pushes p on p.record_id = t.record_id and p.integration_id = n.integration_id and p.tenant_id = t.tenant_id
    where t.tenant_id = ${tx.tenantId} and t.plan_id = ${id} group by t.kind`);
  return [...rows].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** A record of a plan. */
export interface PlanItem {
  readonly kind: Kind;
  readonly recordId: string;
  readonly name: string | null;
  /** Null: it would be made in the PSA. */
  readonly fields: readonly string[] | null;
  readonly state: PushPlanItemState;
  /** Of its push, once it was asked for. */
  readonly push: PushState | null;
}

/** Records of a plan in the order in which they are sent. */
export async function listPlanItems(tx: TenantTx, id: string, limit: number | null): Promise<PlanItem[]> {
  const rows = await tx.db.execute<PlanItem & Record<string, unknown>>(sql`
    select t.kind, t.record_id as "recordId", t.name, t.fields, t.state, case when t.state = 'asked' then p.state end as push
    from push_plan_items t
    join push_plans n on n.tenant_id = t.tenant_id and n.id = t.plan_id
    left join pushes p on p.record_id = t.record_id and p.integration_id = n.integration_id and p.tenant_id = t.tenant_id
    where t.tenant_id = ${tx.tenantId} and t.plan_id = ${id} order by t.position limit ${limit}`);
  return [...rows];
}
