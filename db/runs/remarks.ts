import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';

/** Adds a sentence that a person should read with the run's result; once, however often it is said. */
export async function addRemark(tx: TenantTx, runId: string, remark: string): Promise<void> {
  await tx.db.execute(sql`
    update runs set remarks = remarks || to_jsonb(array[${remark}::text])
    where tenant_id = ${tx.tenantId} and id = ${runId} and not remarks ? ${remark}`);
}
