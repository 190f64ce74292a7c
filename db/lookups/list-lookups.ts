import { sql } from 'drizzle-orm';
import type { LookupList } from '../../domain/fields.ts';
import type { TenantTx } from '../database.ts';

/** A row of a PSA's list as the sync settings show it. */
export interface ListedLookup {
  readonly list: LookupList;
  readonly psaId: string;
  readonly name: string;
  readonly ticked: boolean;
  readonly inactive: boolean;
}

export async function listLookups(
  tx: TenantTx,
  integrationId: string,
  lists: readonly LookupList[],
): Promise<ListedLookup[]> {
  const rows = await tx.db.execute<ListedLookup & Record<string, unknown>>(sql`
    select list, psa_id as "psaId", name, ticked, inactive from lookup_links
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and list in (${sql.join(
      lists.map((l) => sql`${l}`),
      sql`, `,
    )})
    order by list, name, psa_id`);
  return [...rows];
}
