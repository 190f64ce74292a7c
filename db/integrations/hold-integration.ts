import { and, eq } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import { Refusal } from '../refusal.ts';
import { integrations } from '../schema/integrations.ts';
import type { Integration } from './read-integration.ts';

/**
 * Keeps the pages of a running sync out until this transaction ends: they hold the same row, shared. Taken before any
 * other lock, so that a person's decision and a page never wait for each other in a ring.
 */
export async function holdIntegration(tx: TenantTx, id: string): Promise<Integration> {
  const [row] = await tx.db
    .select()
    .from(integrations)
    .where(and(eq(integrations.tenantId, tx.tenantId), eq(integrations.id, id)))
    .for('no key update');
  if (row) return row;
  throw new Refusal(`Integration ${id} does not exist any more.`);
}
