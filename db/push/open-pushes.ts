import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { rowsOf } from '../sql.ts';
import type { PushKey } from './push-key.ts';

/** All that starting a push takes. */
export interface StartablePush extends PushKey {
  readonly tenantId: string;
  readonly tenantKey: string;
  readonly integrationKey: string;
  readonly provider: string;
}

/** Pushes that have been on their way for longer than this, oldest first; none of a paused integration. */
export async function latePushes(tx: TenantTx, lateMs: number): Promise<StartablePush[]> {
  return startable(
    tx,
    sql`p.state = 'pending' and i.paused_at is null and p.requested_at < now() - make_interval(secs => ${lateMs / 1000})`,
  );
}

/** Pushes that were discarded while their workflow could not be told, oldest first. */
export async function untoldPushes(tx: TenantTx, lateMs: number): Promise<StartablePush[]> {
  return startable(
    tx,
    sql`p.state = 'discarded' and p.settled_at is null and p.requested_at < now() - make_interval(secs => ${lateMs / 1000})`,
  );
}

/**
 * Pushes that stopped for a reason that is gone are on their way again: their parent is in the PSA, credentials were renewed,
 * two-way sync was switched on, a person or a sync has tied the record, or the PSA has overruled what was left to send. Their
 * workflows may wait, and have to be told.
 */
export async function reopenPushes(tx: TenantTx): Promise<StartablePush[]> {
  // In the order in which edits of several records take them.
  const rows = await tx.db.execute<{ record_id: string; integration_id: string }>(sql`
    with due as materialized (
      select p.record_id, p.integration_id from pushes p, integrations i
      where p.tenant_id = ${tx.tenantId} and p.state in ('waiting', 'failed', 'attention')
      and i.tenant_id = p.tenant_id and i.id = p.integration_id and (
        (p.state = 'waiting' and exists (select from links l where l.record_id = p.waits_for ${TIED}))
        or (p.reason_code = 'credentials' and not i.needs_credentials)
        or (p.reason_code = 'two_way_off' and (i.settings ->> 'twoWay')::boolean)
        or (p.state in ('failed', 'attention') and exists (select from links l where l.record_id = p.record_id ${TIED})
          and not exists (select from pending_edits e where e.record_id = p.record_id
            and e.integration_id = p.integration_id and e.tenant_id = p.tenant_id)))
      order by p.record_id, p.integration_id for update of p)
    update pushes p set state = 'pending', reason_code = null, reason = null, waits_for = null, settled_at = null
    from due where p.tenant_id = ${tx.tenantId} and p.record_id = due.record_id and p.integration_id = due.integration_id
    returning p.record_id, p.integration_id`);
  if (rows.length === 0) return [];
  const reopened = rows.map((row) => ({ r: row.record_id, i: row.integration_id }));
  return startable(
    tx,
    sql`(p.record_id, p.integration_id) in (select r, i from ${rowsOf(reopened, 'o', { r: 'bigint', i: 'bigint' })})`,
  );
}

const TIED = sql`and l.integration_id = p.integration_id and l.tenant_id = p.tenant_id and l.state in ('live', 'error')`;

/** Pushes of a tenant with the names that their workflows go by. */
export async function startable(tx: TenantTx, where: SQL): Promise<StartablePush[]> {
  const rows = await tx.db.execute<Omit<StartablePush, 'kind'> & { kind: Kind } & Record<string, unknown>>(sql`
    select p.tenant_id as "tenantId", t.key as "tenantKey", p.integration_id as "integrationId", i.key as "integrationKey", i.provider,
      p.kind, p.record_id as "recordId"
    from pushes p
    join integrations i on i.tenant_id = p.tenant_id and i.id = p.integration_id
    join tenants t on t.id = p.tenant_id
    where p.tenant_id = ${tx.tenantId} and ${where} order by p.requested_at`);
  return [...rows];
}
