import { sql } from 'drizzle-orm';
import type { LookupList } from '../../domain/fields.ts';
import type { TenantTx } from '../database.ts';
import { LookupCache } from '../apply/lookup-cache.ts';
import { rowsOf } from '../sql.ts';

export interface PsaListRow {
  readonly list: LookupList;
  readonly psaId: string;
  readonly name: string;
  readonly inactive: boolean;
}

/** Takes over a PSA's types and statuses: new ones come un-ticked, renamed ones follow, those it has no more are inactive. */
export async function saveLookups(tx: TenantTx, integrationId: string, rows: readonly PsaListRow[]): Promise<void> {
  const wanted = rows.map(({ list, psaId, name }) => ({ list, parentId: null, value: { psaId, name } }));
  await new LookupCache().resolve(tx, integrationId, wanted, false);
  const given = rowsOf(rows, 'g', { list: 'text', psaId: 'text', name: 'text', inactive: 'boolean' });
  await tx.db.execute(sql`
    update lookup_links l set name = g.name, inactive = g.inactive from ${given}
    where l.tenant_id = ${tx.tenantId} and l.integration_id = ${integrationId} and l.list = g.list and l.psa_id = g."psaId"
      and (l.name, l.inactive) is distinct from (g.name, g.inactive)`);
  await tx.db.execute(sql`
    update lookup_links l set inactive = true
    where l.tenant_id = ${tx.tenantId} and l.integration_id = ${integrationId} and not l.inactive
      and l.list in (select list from ${given})
      and not exists (select from ${given} where g.list = l.list and g."psaId" = l.psa_id)`);
}
