import { type SQL, sql } from 'drizzle-orm';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import type { RawRow } from '../raw-row.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { nameOfRow } from '../records/names.ts';
import { textArray } from '../sql.ts';

/** A record whose tie has ended, or would end. */
export interface OrphanedRecord {
  readonly recordId: string;
  readonly kind: Kind;
  readonly name: string | null;
  readonly organization: string | null;
  /** The integration's key. */
  readonly integration: string;
  readonly psaId: string;
  /** When its link last changed; of an orphaned record: when it became one. */
  readonly since: Date;
}

/** Records whose PSA record is gone or outside the gate, the latest first. */
export async function listOrphaned(tx: TenantTx, limit: number): Promise<OrphanedRecord[]> {
  return readLinked(
    tx,
    KINDS,
    sql`l.state = 'orphaned' and ${WITHOUT_OTHER_TIE}`,
    sql`since desc, "recordId" limit ${limit}`,
  );
}

/** Made anew in the PSA, a record may have found its way back under another id. */
const WITHOUT_OTHER_TIE = sql`not exists (
  select from links other where other.record_id = l.record_id and other.integration_id = l.integration_id
    and other.tenant_id = l.tenant_id and other.state in ('live', 'error', 'disabled'))`;

/** The records that a proposal would orphan, by name. */
export async function recordsOfProposal(
  tx: TenantTx,
  { integrationId, kind, psaIds }: { integrationId: string; kind: Kind; psaIds: readonly string[] },
): Promise<OrphanedRecord[]> {
  const listed = sql`l.integration_id = ${integrationId} and l.psa_id = any(${textArray(psaIds)})`;
  return readLinked(tx, [kind], listed, sql`name, "recordId"`);
}

async function readLinked(tx: TenantTx, kinds: readonly Kind[], where: SQL, order: SQL): Promise<OrphanedRecord[]> {
  const parts = kinds.map((kind) => {
    const child = kind !== 'organization';
    return sql`
      select l.record_id as "recordId", l.kind, ${nameOfRow(kind)} as name, ${child ? sql`o.name` : sql`null::text`} as organization,
        i.key as integration, l.psa_id as "psaId", l.updated_at as since
      from links l
      join integrations i on i.tenant_id = l.tenant_id and i.id = l.integration_id
      join ${sql.raw(RECORD_TABLES[kind].table)} r on r.tenant_id = l.tenant_id and r.id = l.record_id
      ${child ? sql`join organizations o on o.tenant_id = r.tenant_id and o.id = r.organization_id` : sql``}
      where l.tenant_id = ${tx.tenantId} and l.kind = ${kind} and ${where}`;
  });
  const rows = await tx.db.execute<RawRow<OrphanedRecord>>(
    sql`select * from (${sql.join(parts, sql` union all `)}) found order by ${order}`,
  );
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}
