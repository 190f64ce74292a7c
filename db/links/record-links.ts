import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkRule, LinkState } from '../../domain/plan-types.ts';
import type { PsaValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';

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
  const rows = await tx.db.execute<{
    integration_id: string;
    integration: string;
    kind: Kind;
    psa_id: string;
    record_id: string;
    state: LinkState;
    rule: LinkRule;
    base: PsaValues | null;
    drifted: boolean;
    error: string | null;
    created_at: string;
    updated_at: string;
  }>(sql`
    select l.integration_id, i.key as integration, l.kind, l.psa_id, l.record_id, l.state, l.rule, l.base, l.drifted, l.error,
      l.created_at, l.updated_at
    from links l join integrations i on i.tenant_id = l.tenant_id and i.id = l.integration_id
    where l.tenant_id = ${tx.tenantId} and ${where}
    order by l.updated_at desc, l.psa_id`);
  return rows.map((row) => ({
    integrationId: row.integration_id,
    integration: row.integration,
    kind: row.kind,
    psaId: row.psa_id,
    recordId: row.record_id,
    state: row.state,
    rule: row.rule,
    base: row.base,
    drifted: row.drifted,
    error: row.error,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  }));
}
