import { sql } from 'drizzle-orm';
import { matchKey } from '../../domain/match-key.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { TenantTx } from '../database.ts';
import type { RawRow } from '../raw-row.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { idArray } from '../sql.ts';
import { nameOfRow } from './names.ts';

export interface RecordFilter {
  readonly kind: Kind;
  readonly organizationIds?: readonly string[];
  /** Part of the name, in any case. */
  readonly name?: string;
  readonly psaId?: string;
  readonly state?: LinkState | 'unlinked';
  readonly limit: number;
}

export interface ListedRecord {
  readonly id: string;
  readonly name: string | null;
  readonly organization: string | null;
  readonly organizationId: string | null;
  /** `unlinked`: no PSA knows of it. */
  readonly state: LinkState | 'unlinked';
  readonly integration: string | null;
  readonly psaId: string | null;
  /** Why its link is in error. */
  readonly error: string | null;
  readonly updatedAt: Date;
}

/** Records of a kind with the link that counts for each (a live tie before an ended one), by name. */
export async function listRecords(tx: TenantTx, filter: RecordFilter): Promise<ListedRecord[]> {
  const { kind, organizationIds, name, psaId, state, limit } = filter;
  const child = kind !== 'organization';
  const rows = await tx.db.execute<RawRow<ListedRecord>>(sql`
    with tie as (
      select distinct on (record_id) record_id, integration_id, psa_id, state, error from links
      where tenant_id = ${tx.tenantId} and kind = ${kind} ${psaId === undefined ? sql`` : sql`and psa_id = ${psaId}`}
      order by record_id, state in ('live', 'error', 'disabled') desc, updated_at desc)
    select r.id, ${nameOfRow(kind)} as name, coalesce(tie.state, 'unlinked') as state, i.key as integration, tie.psa_id as "psaId",
      tie.error, r.updated_at as "updatedAt", ${child ? sql`o.name as organization, o.id as "organizationId"` : sql`null as organization, null as "organizationId"`}
    from ${sql.raw(RECORD_TABLES[kind].table)} r
    left join tie on tie.record_id = r.id
    left join integrations i on i.tenant_id = r.tenant_id and i.id = tie.integration_id
    ${child ? sql`join organizations o on o.tenant_id = r.tenant_id and o.id = r.organization_id` : sql``}
    where r.tenant_id = ${tx.tenantId}
      ${organizationIds === undefined ? sql`` : sql`and ${child ? sql`r.organization_id` : sql`r.id`} = any(${idArray(organizationIds)})`}
      ${name === undefined ? sql`` : sql`and strpos(lower(${nameOfRow(kind)}), lower(${name})) > 0`}
      ${psaId === undefined ? sql`` : sql`and tie.psa_id is not null`}
      ${state === undefined ? sql`` : sql`and coalesce(tie.state, 'unlinked') = ${state}`}
    order by name, r.id limit ${limit}`);
  return rows.map((row) => ({ ...row, updatedAt: new Date(row.updatedAt) }));
}

/** Ids of the organizations that go by a name, compared as matching compares; none when there is no such. */
export async function organizationsNamed(tx: TenantTx, name: string): Promise<string[]> {
  const rows = await tx.db.execute<{ id: string }>(sql`
    select id from organizations where tenant_id = ${tx.tenantId} and match_key = ${matchKey('organization', { name })}::bigint
    order by id`);
  return rows.map((row) => row.id);
}
