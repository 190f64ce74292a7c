import { sql } from 'drizzle-orm';
import type { LookupList } from '../../domain/fields.ts';
import type { TenantTx } from '../database.ts';
import type { IntegrationSettings } from '../schema/integrations.ts';
import { textArray } from '../sql.ts';

/** Changes some settings. Whoever runs goes on with what it froze; the next run has these. */
export async function changeSettings(
  tx: TenantTx,
  integrationId: string,
  change: Partial<IntegrationSettings>,
): Promise<void> {
  // What was there before two-way is switched on is "not yet pushed", so the moment of switching is kept.
  await tx.db.execute(sql`
    update integrations set
      two_way_since = case when ${change.twoWay ?? false} and not (settings ->> 'twoWay')::boolean then now() else two_way_since end,
      settings = settings || ${JSON.stringify(change)}::jsonb, settings_version = settings_version + 1
    where tenant_id = ${tx.tenantId} and id = ${integrationId}`);
}

/** Ticks or unticks rows of a list by their PSA ids; answers how many changed. */
export async function setTicks(
  tx: TenantTx,
  integrationId: string,
  list: LookupList,
  psaIds: readonly string[],
  ticked: boolean,
): Promise<number> {
  const rows = await tx.db.execute(sql`
    update lookup_links set ticked = ${ticked}
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and list = ${list}
      and psa_id = any(${textArray(psaIds)}) and ticked <> ${ticked}
    returning psa_id`);
  if (rows.length > 0) {
    await tx.db.execute(sql`
      update integrations set settings_version = settings_version + 1 where tenant_id = ${tx.tenantId} and id = ${integrationId}`);
  }
  return rows.length;
}

export async function setPaused(tx: TenantTx, integrationId: string, paused: boolean): Promise<void> {
  await tx.db.execute(sql`
    update integrations set paused_at = case when ${paused} then coalesce(paused_at, now()) end
    where tenant_id = ${tx.tenantId} and id = ${integrationId}`);
}
