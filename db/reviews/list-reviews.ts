import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { ReviewReason } from '../../domain/plan-types.ts';
import type { PsaValues } from '../../domain/values.ts';
import { nameOf } from '../apply/dry-run.ts';
import type { TenantTx } from '../database.ts';
import { dateOrNull, type RawRow } from '../raw-row.ts';
import type { ReviewState } from '../schema/reviews.ts';

export interface Review {
  readonly id: string;
  readonly integrationId: string;
  /** The integration's key. */
  readonly integration: string;
  readonly kind: Kind;
  readonly psaId: string;
  /** What the PSA calls it. */
  readonly name: string | null;
  readonly reason: ReviewReason;
  readonly organizationId: string | null;
  readonly organization: string | null;
  /** Records that fit, or that hold the name already. */
  readonly candidateIds: readonly string[];
  /** What the PSA held when it was last read. */
  readonly fields: PsaValues;
  readonly state: ReviewState;
  readonly runId: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

/** Reviews in a state, oldest first. */
export function listReviews(
  tx: TenantTx,
  filter: { readonly kind?: Kind | undefined; readonly state: ReviewState },
): Promise<Review[]> {
  const ofKind = filter.kind === undefined ? sql`` : sql`and v.kind = ${filter.kind}`;
  return readReviews(tx, sql`v.state = ${filter.state} ${ofKind}`);
}

export async function readReview(tx: TenantTx, id: string): Promise<Review | null> {
  const rows = await readReviews(tx, sql`v.id = ${id}`);
  return rows[0] ?? null;
}

/** The review of a PSA record; null when it never waited. */
export async function reviewOfPsaRecord(
  tx: TenantTx,
  integrationId: string,
  kind: Kind,
  psaId: string,
): Promise<Review | null> {
  const rows = await readReviews(
    tx,
    sql`v.integration_id = ${integrationId} and v.kind = ${kind} and v.psa_id = ${psaId}`,
  );
  return rows[0] ?? null;
}

async function readReviews(tx: TenantTx, where: SQL): Promise<Review[]> {
  const rows = await tx.db.execute<RawRow<Omit<Review, 'name'>>>(sql`
    select v.id, v.integration_id as "integrationId", i.key as integration, v.kind, v.psa_id as "psaId", v.reason,
      v.organization_id as "organizationId", o.name as organization, v.candidate_ids::text[] as "candidateIds", v.fields, v.state,
      v.run_id as "runId", v.created_at as "createdAt", v.decided_at as "decidedAt"
    from reviews v join integrations i on i.tenant_id = v.tenant_id and i.id = v.integration_id
    left join organizations o on o.tenant_id = v.tenant_id and o.id = v.organization_id
    where v.tenant_id = ${tx.tenantId} and ${where} order by v.id`);
  return rows.map((row) => ({
    ...row,
    name: nameOf(row),
    createdAt: new Date(row.createdAt),
    decidedAt: dateOrNull(row.decidedAt),
  }));
}
