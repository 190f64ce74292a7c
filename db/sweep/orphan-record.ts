import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import { isStale } from '../apply/is-stale.ts';
import type { TenantTx } from '../database.ts';

/** Ends the tie of one record whose PSA record is gone or outside; false when it was no longer live, or changed since it was read. */
export async function orphanRecord(
  tx: TenantTx,
  input: { readonly integrationId: string; readonly kind: Kind; readonly psaId: string; readonly readSeq: string },
): Promise<boolean> {
  const rows = await tx.db.execute(sql`
    update links set state = 'orphaned', error = null, updated_at = now()
    where tenant_id = ${tx.tenantId} and integration_id = ${input.integrationId} and kind = ${input.kind}
      and psa_id = ${input.psaId} and state in ('live', 'error') and not ${isStale(input.readSeq)}
    returning psa_id`);
  return rows.length > 0;
}
