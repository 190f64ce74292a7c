import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { PushReason, PushState } from '../../domain/push-states.ts';
import type { TenantTx } from '../database.ts';
import { dateOrNull, type RawRow } from '../raw-row.ts';
import { readNames } from '../records/names.ts';
import type { Origin } from '../schema/field-history.ts';
import { textArray } from '../sql.ts';

/** A push as people look at it. */
export interface PushView {
  readonly recordId: string;
  readonly kind: Kind;
  /** Of the record. */
  readonly name: string | null;
  readonly integrationId: string;
  /** The integration's key. */
  readonly integration: string;
  readonly provider: string;
  readonly state: PushState;
  readonly reasonCode: PushReason | null;
  /** Why it stopped, or what went wrong with the last attempt. */
  readonly reason: string | null;
  /** Fields on their way; none of a record that is to be made. */
  readonly fields: readonly string[];
  readonly waitsFor: string | null;
  readonly origin: Origin;
  readonly author: string | null;
  readonly requestedAt: Date;
  readonly attempts: number;
  readonly settledAt: Date | null;
  readonly retriedBy: string | null;
  readonly retriedAt: Date | null;
}

export interface PushFilter {
  readonly states?: readonly PushState[] | undefined;
  readonly kind?: Kind | undefined;
  readonly integrationId?: string | undefined;
  readonly reasonCode?: PushReason | undefined;
  readonly recordId?: string | undefined;
}

/** Pushes of the tenant, the newest request first. */
export async function listPushes(tx: TenantTx, filter: PushFilter, limit: number | null): Promise<PushView[]> {
  const rows = await tx.db.execute<RawRow<Omit<PushView, 'name'>>>(sql`
    select p.record_id as "recordId", p.kind, p.integration_id as "integrationId", i.key as integration, i.provider, p.state,
      p.reason_code as "reasonCode", p.reason, p.waits_for as "waitsFor", p.origin, p.author, p.requested_at as "requestedAt",
      p.attempts, p.settled_at as "settledAt", p.retried_by as "retriedBy", p.retried_at as "retriedAt",
      array(select e.field from pending_edits e where e.record_id = p.record_id and e.integration_id = p.integration_id
        and e.tenant_id = p.tenant_id order by e.field) as fields
    from pushes p join integrations i on i.tenant_id = p.tenant_id and i.id = p.integration_id
    where p.tenant_id = ${tx.tenantId} and ${chosen(filter)}
    order by p.requested_at desc, p.record_id limit ${limit}`);
  const names = await readNames(
    tx,
    rows.map(({ recordId }) => recordId),
  );
  return rows.map((row) => ({
    ...row,
    name: names.get(row.recordId) ?? null,
    requestedAt: new Date(row.requestedAt),
    settledAt: dateOrNull(row.settledAt),
    retriedAt: dateOrNull(row.retriedAt),
  }));
}

/** Of which pushes is spoken; over the table `pushes p`. */
export function chosen({ states, kind, integrationId, reasonCode, recordId }: PushFilter): SQL {
  const parts = [
    ...(states === undefined ? [] : [sql`p.state = any(${textArray(states)})`]),
    ...(kind === undefined ? [] : [sql`p.kind = ${kind}`]),
    ...(integrationId === undefined ? [] : [sql`p.integration_id = ${integrationId}`]),
    ...(reasonCode === undefined ? [] : [sql`p.reason_code = ${reasonCode}`]),
    ...(recordId === undefined ? [] : [sql`p.record_id = ${recordId}`]),
  ];
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}
