import { sql } from 'drizzle-orm';
import { CHILD_KINDS, type ChildKind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { idArray } from '../sql.ts';

/** Records of a kind that lie in organizations. */
interface Inside {
  readonly kind: ChildKind;
  readonly ids: readonly string[];
}

/** What organizations hold, in the order in which it can be deleted; nothing can be put into them from here on. */
export async function closeAndList(tx: TenantTx, organizationIds: readonly string[]): Promise<Inside[]> {
  await tx.db.execute(sql`
    select from organizations where tenant_id = ${tx.tenantId} and id = any(${idArray(organizationIds)}) order by id for update`);
  return recordsInside(tx, organizationIds);
}

/** What organizations hold at this moment, in the order in which it can be deleted. */
export async function recordsInside(tx: TenantTx, organizationIds: readonly string[]): Promise<Inside[]> {
  const held = idArray(organizationIds);
  const groups: Inside[] = [];
  for (const kind of [...CHILD_KINDS].reverse()) {
    const rows = await tx.db.execute<{ id: string }>(sql`
      select id from ${sql.raw(RECORD_TABLES[kind].table)}
      where tenant_id = ${tx.tenantId} and organization_id = any(${held}) order by id`);
    groups.push({ kind, ids: rows.map(({ id }) => id) });
  }
  return groups;
}
