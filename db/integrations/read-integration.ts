import { and, eq } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import { integrations } from '../schema/integrations.ts';

export type Integration = typeof integrations.$inferSelect;

/** One integration; null when the tenant has none of that id. */
export async function readIntegration(tx: TenantTx, id: string): Promise<Integration | null> {
  const [row] = await tx.db
    .select()
    .from(integrations)
    .where(and(eq(integrations.tenantId, tx.tenantId), eq(integrations.id, id)));
  return row ?? null;
}

/** All integrations of the tenant, oldest first. */
export async function listIntegrations(tx: TenantTx): Promise<Integration[]> {
  return tx.db.select().from(integrations).where(eq(integrations.tenantId, tx.tenantId)).orderBy(integrations.id);
}
