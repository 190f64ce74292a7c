import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkRule, LinkState } from '../../domain/plan-types.ts';
import type { PsaValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import type { RawRow } from '../raw-row.ts';

/** A tie of a record to a PSA record, as people look at it. */
export interface RecordLink {
  readonly integrationId: string;
  /** The integration's key. */
  readonly integration: string;
  readonly kind: Kind;
  readonly psaId: string;
  readonly recordId: string;
  readonly state: LinkState;
  readonly rule: LinkRule;
  /** What the PSA held at the last sync; null after a reconnect. */
  readonly base: PsaValues | null;
  readonly drifted: boolean;
  readonly error: string | null;
  readonly createdAt: Date;
  /** When a sync last took something over, or the state changed; a sync that finds nothing new writes nothing. */
  readonly updatedAt: Date;
}

/** All ties of a record, the newest change first. */
export function linksOfRecord(tx: TenantTx, recordId: string): Promise<RecordLink[]> {
  return readLinks(tx, sql`l.record_id = ${recordId}`);
}

/** The tie of a PSA record; null when it has none. */
export async function linkOfPsaRecord(
  tx: TenantTx,
  integrationId: string,
  kind: Kind,
  psaId: string,
): Promise<RecordLink | null> {
  const rows = await readLinks(
    tx,
    sql`l.integration_id = ${integrationId} and l.kind = ${kind} and l.psa_id = ${psaId}`,
  );
  return rows[0] ?? null;
}

async function readLinks(tx: TenantTx, where: SQL): Promise<RecordLink[]> {
  const rows = await tx.db.execute<RawRow<RecordLink>>(sql`
    select l.integration_id as "integrationId", i.key as integration, l.kind, l.psa_id as "psaId", l.record_id as "recordId",
      l.state, l.rule, l.base, l.drifted, l.error, l.created_at as "createdAt", l.updated_at as "updatedAt"
    from links l join integrations i on i.tenant_id = l.tenant_id and i.id = l.integration_id
    where l.tenant_id = ${tx.tenantId} and ${where}
    order by l.updated_at desc, l.psa_id`);
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt) }));
}
