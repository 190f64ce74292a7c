import { sql } from 'drizzle-orm';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import type { TenantTx } from '../database.ts';
import { RefusedBatch, type RequestedPush } from '../edits/edit.ts';
import { saveEdits } from '../edits/save-edits.ts';
import type { PushPlanState } from '../schema/push-plans.ts';

interface Item {
  readonly position: number;
  readonly kind: Kind;
  readonly recordId: string;
  readonly version: number;
}

/**
 * Asks for the next records of a confirmed plan: saves each as it is, in the name of who said yes, which is the consent to
 * push it there, and nowhere else. One that was changed since it was shown is skipped: saving it was its own consent. In a transaction of origin
 * `local`. Answers the pushes that have to be started.
 */
export async function askPlanned(
  tx: TenantTx,
  planId: string,
  most: number,
  rules: ProviderRules,
): Promise<RequestedPush[]> {
  const [plan] = await tx.db.execute<{ state: PushPlanState; integration_id: string; confirmed_by: string | null }>(sql`
    select state, integration_id, confirmed_by from push_plans
    where tenant_id = ${tx.tenantId} and id = ${planId} for update`);
  if (plan?.state !== 'confirmed') return [];
  const items = await tx.db.execute<Item & Record<string, unknown>>(sql`
    select position, kind, record_id as "recordId", version::int from push_plan_items
    where tenant_id = ${tx.tenantId} and plan_id = ${planId} and state = 'planned' order by position limit ${most}`);
  const pushes: RequestedPush[] = [];
  for (const kind of KINDS) {
    const ofKind = items.filter((item) => item.kind === kind);
    const consent = { onlyTo: plan.integration_id, author: plan.confirmed_by ?? 'push all' };
    pushes.push(...(await save(tx, kind, ofKind, consent, rules)));
  }
  const requested = pushes.map(({ recordId }) => recordId);
  for (const [state, some] of [
    ['asked', items.filter(({ recordId }) => requested.includes(recordId))],
    ['skipped', items.filter(({ recordId }) => !requested.includes(recordId))],
  ] as const) {
    await tx.db.execute(sql`
      update push_plan_items set state = ${state} where tenant_id = ${tx.tenantId} and plan_id = ${planId}
        and position = any(${`{${some.map(({ position }) => position).join(',')}}`}::int[])`);
  }
  return pushes;
}

/** Those that can't be saved are left out. */
async function save(
  tx: TenantTx,
  kind: Kind,
  items: readonly Item[],
  consent: { readonly onlyTo: string; readonly author: string },
  rules: ProviderRules,
): Promise<RequestedPush[]> {
  if (items.length === 0) return [];
  const edits = items.map(({ recordId, version }) => ({
    recordId,
    kind,
    set: {},
    ifVersion: version,
    source: 'edit' as const,
    ...consent,
  }));
  try {
    const saved = await saveEdits(tx, kind, edits, rules);
    return saved.flatMap(({ pushes }) => pushes);
  } catch (error) {
    if (!(error instanceof RefusedBatch)) throw error;
    const refused = new Set(error.refusals.map(({ index }) => index));
    const left = items.filter((_, index) => !refused.has(index));
    return left.length < items.length ? save(tx, kind, left, consent, rules) : [];
  }
}

/** A plan is done when nothing of it is left to ask for or on its way; says whether it is. */
export async function finishPlan(tx: TenantTx, planId: string): Promise<boolean> {
  const rows = await tx.db.execute(sql`
    update push_plans set state = 'done', finished_at = now()
    where tenant_id = ${tx.tenantId} and id = ${planId} and state = 'confirmed' returning id`);
  return rows.length > 0;
}

/** A confirmed plan, with all that starting its workflow takes. */
export interface StartablePlan {
  readonly tenantId: string;
  readonly planId: string;
  readonly integrationId: string;
  readonly integrationKey: string;
  readonly provider: string;
  readonly tenantKey: string;
}

/** Plans that somebody said yes to and that are not done. */
export async function confirmedPlans(tx: TenantTx): Promise<StartablePlan[]> {
  const rows = await tx.db.execute<StartablePlan & Record<string, unknown>>(sql`
    select p.tenant_id as "tenantId", p.id as "planId", i.id as "integrationId", i.key as "integrationKey", i.provider,
      t.key as "tenantKey"
    from push_plans p join integrations i on i.tenant_id = p.tenant_id and i.id = p.integration_id
    join tenants t on t.id = p.tenant_id where p.tenant_id = ${tx.tenantId} and p.state = 'confirmed' order by p.id`);
  return [...rows];
}
