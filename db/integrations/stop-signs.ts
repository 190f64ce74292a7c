import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';

/** The PSA asked for rest: nobody calls it for so long. A longer rest that stands already stays. */
export async function blockIntegration(tx: TenantTx, integrationId: string, forMs: number): Promise<void> {
  await tx.db.execute(sql`
    update integrations set blocked_until = greatest(blocked_until, now() + make_interval(secs => ${forMs / 1000}))
    where tenant_id = ${tx.tenantId} and id = ${integrationId}`);
}

/** The PSA refuses our credentials, or takes them again. */
export async function markCredentials(tx: TenantTx, integrationId: string, needed: boolean): Promise<void> {
  await tx.db.execute(sql`
    update integrations set needs_credentials = ${needed}
    where tenant_id = ${tx.tenantId} and id = ${integrationId} and needs_credentials <> ${needed}`);
}
