import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { dateOrNull, type RawRow } from '../raw-row.ts';
import { NotFound, Refusal } from '../refusal.ts';
import type { REJECT_SCOPES } from '../schema/rejects.ts';

export interface Reject {
  readonly id: string;
  readonly integrationId: string;
  /** The integration's key. */
  readonly integration: string;
  readonly runId: string;
  readonly kind: Kind;
  readonly scope: (typeof REJECT_SCOPES)[number];
  /** The record, or the parent whose list could not be read; null where not even the id was readable. */
  readonly psaId: string | null;
  readonly code: string;
  readonly reason: string;
  /** The row as it came, cut short. */
  readonly raw: string | null;
  readonly createdAt: Date;
  readonly resolvedAt: Date | null;
}

/** One record is seldom set aside twice before somebody looks. */
const RECENT = 10;

/** Rejects, newest first; those that are resolved only when they are asked for. */
export function listRejects(
  tx: TenantTx,
  filter: { readonly runId?: string | undefined; readonly resolvedToo: boolean; readonly limit: number },
): Promise<Reject[]> {
  const ofRun = filter.runId === undefined ? sql`` : sql`and j.run_id = ${filter.runId}`;
  return readRejects(tx, sql`${filter.resolvedToo ? sql`true` : sql`j.resolved_at is null`} ${ofRun}`, filter.limit);
}

export async function readReject(tx: TenantTx, id: string): Promise<Reject> {
  const [reject] = await readRejects(tx, sql`j.id = ${id}`);
  if (reject) return reject;
  throw new NotFound(`There is no reject ${id}.`, 'Rejects go with their run, once it is no longer kept.');
}

/** Rejects of a PSA record that still stand. */
export function rejectsOfPsaRecord(tx: TenantTx, integrationId: string, kind: Kind, psaId: string): Promise<Reject[]> {
  return readRejects(
    tx,
    sql`j.integration_id = ${integrationId} and j.kind = ${kind} and j.scope = 'record' and j.psa_id = ${psaId}
      and j.resolved_at is null`,
  );
}

/** Sets a reject aside. Should a later run meet the same trouble, it makes a new one. */
export async function resolveReject(tx: TenantTx, id: string): Promise<void> {
  const { resolvedAt } = await readReject(tx, id);
  if (resolvedAt) throw new Refusal(`Reject ${id} is resolved since ${resolvedAt.toISOString()}.`);
  await tx.db.execute(sql`
    update rejects set resolved_at = now(), resolved_by = ${tx.author} where tenant_id = ${tx.tenantId} and id = ${id} and resolved_at is null`);
}

async function readRejects(tx: TenantTx, where: SQL, limit = RECENT): Promise<Reject[]> {
  const rows = await tx.db.execute<RawRow<Reject>>(sql`
    select j.id, j.integration_id as "integrationId", i.key as integration, j.run_id as "runId", j.kind, j.scope,
      j.psa_id as "psaId", j.code, j.reason, j.raw, j.created_at as "createdAt", j.resolved_at as "resolvedAt"
    from rejects j join integrations i on i.tenant_id = j.tenant_id and i.id = j.integration_id
    where j.tenant_id = ${tx.tenantId} and ${where} order by j.id desc limit ${limit}`);
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    resolvedAt: dateOrNull(row.resolvedAt),
  }));
}
