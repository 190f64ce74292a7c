import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { textArray } from '../sql.ts';

/*
 * Whoever locks links and records locks in one order, so that no two wait for each other in a ring: the integration, if it is
 * held at all; then links, by integration, kind and PSA id; then records, by id. A write to a record touches its links (a trigger
 * marks them as drifted), so that who writes a record has to hold its links first.
 */

/** Locks links of one integration and kind by PSA id, as a page does. */
export async function lockLinks(
  tx: TenantTx,
  of: { readonly integrationId: string; readonly kind: Kind; readonly psaIds: readonly string[] },
): Promise<void> {
  await tx.db.execute(sql`
    select from links where tenant_id = ${tx.tenantId} and integration_id = ${of.integrationId} and kind = ${of.kind}
      and psa_id = any(${textArray(of.psaIds)})
    order by psa_id for update`);
}

/** Locks all links of a record, in whichever integration, for whoever is about to write to the record. */
export async function lockLinksOfRecord(tx: TenantTx, recordId: string): Promise<void> {
  await tx.db.execute(sql`
    select from links where tenant_id = ${tx.tenantId} and record_id = ${recordId}
    order by integration_id, kind, psa_id for update`);
}
