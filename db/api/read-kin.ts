import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import { idArray } from '../sql.ts';

/** Deeper than any real group of companies; a ring of parents ends there. */
const MOST_ANCESTORS = 20;

/** The organizations above some organizations, the highest first. */
export async function readAncestors(tx: TenantTx, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db.execute<{ id: string; ancestors: string[] }>(sql`
    with recursive up (id, ancestor, depth) as (
      select id, parent_id, 1 from organizations
      where tenant_id = ${tx.tenantId} and id = any(${idArray(ids)}) and parent_id is not null
      union all
      select up.id, o.parent_id, up.depth + 1 from up
      join organizations o on o.tenant_id = ${tx.tenantId} and o.id = up.ancestor
      where o.parent_id is not null and up.depth < ${MOST_ANCESTORS})
    select id, array_agg(ancestor::text order by depth desc) as ancestors from up group by id`);
  return new Map(rows.map((row) => [row.id, row.ancestors]));
}

/** What children show of their organizations: the short name, and which location is the primary one. */
export interface OrganizationGlance {
  readonly shortName: string | null;
  readonly primaryLocationId: string | null;
}

export async function glanceAtOrganizations(
  tx: TenantTx,
  ids: readonly string[],
): Promise<Map<string, OrganizationGlance>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db.execute<OrganizationGlance & { id: string } & Record<string, unknown>>(sql`
    select id, short_name as "shortName", primary_location_id as "primaryLocationId" from organizations
    where tenant_id = ${tx.tenantId} and id = any(${idArray(ids)})`);
  return new Map(rows.map((row) => [row.id, row]));
}
