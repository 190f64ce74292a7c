import { sql } from 'drizzle-orm';
import type { PushState } from '../../domain/push-states.ts';
import type { Database, DirectoryTx, TenantTx } from '../database.ts';
import { listTenantKeys } from '../integrations/sync-schedules.ts';

/** Keys by which a number is told apart from others. */
interface Whose {
  readonly tenant: string;
  readonly integration: string;
}

/** Open pushes of one state. */
export interface OpenPushes extends Whose {
  readonly state: PushState;
  readonly count: number;
  /** How long the oldest has been waiting, in seconds. */
  readonly oldestSeconds: number;
}

/** What is left of an integration's request window; where its PSA counts by endpoint: of the one that has been used most. */
export interface BudgetLeft extends Whose {
  readonly requests: number;
}

/** The pushes of all tenants that are not over. */
export async function measurePushes(database: Database): Promise<OpenPushes[]> {
  return database.withDirectory(readPushes);
}

async function readPushes(tx: DirectoryTx): Promise<OpenPushes[]> {
  const rows = await tx.db.execute<OpenPushes & Record<string, unknown>>(sql`
    select t.key as tenant, i.key as integration, p.state, count(*)::int as count,
      greatest(0, extract(epoch from now() - min(p.requested_at)))::float as "oldestSeconds"
    from pushes p join tenants t on t.id = p.tenant_id join integrations i on i.tenant_id = p.tenant_id and i.id = p.integration_id
    where p.state in ('pending', 'waiting', 'failed', 'attention') group by t.key, i.key, p.state`);
  return [...rows];
}

/** The budgets of all tenants; settings are a tenant's own, so each is asked for by itself. */
export async function measureBudgets(database: Database): Promise<BudgetLeft[]> {
  const left: BudgetLeft[] = [];
  for (const { id, key } of await database.withDirectory(listTenantKeys)) {
    for (const row of await database.withTenant(id, readBudgets)) left.push({ tenant: key, ...row });
  }
  return left;
}

async function readBudgets(tx: TenantTx): Promise<Omit<BudgetLeft, 'tenant'>[]> {
  const rows = await tx.db.execute<{ integration: string; requests: number }>(sql`
    select i.key as integration, (i.settings ->> 'requestsPerWindow')::int - coalesce(max(b.used) filter (
      where b.window_started_at + make_interval(secs => (i.settings ->> 'windowSeconds')::float) > now()), 0) as requests
    from integrations i left join budgets b on b.tenant_id = i.tenant_id and b.integration_id = i.id
    where i.tenant_id = ${tx.tenantId} group by i.id, i.key, i.settings`);
  return [...rows];
}
