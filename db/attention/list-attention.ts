import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { dateOrNull, type RawRow } from '../raw-row.ts';

/** What can wait for a person, the most urgent first. */
const ATTENTION = [
  'credentials',
  'failed_run',
  'orphans',
  'approved_orphans',
  'failed_push',
  'unsettled_push',
  'waiting_push',
  'review',
  'reject',
  'paused',
  'blocked',
] as const;

export type Attention = (typeof ATTENTION)[number];

export interface AttentionItem {
  readonly what: Attention;
  /** The integration's key. */
  readonly integration: string;
  readonly kind: Kind | null;
  /** The run or proposal; of reviews and rejects the oldest, of pushes a record. */
  readonly id: string | null;
  /** How many records it is about. */
  readonly count: number;
  /** What there is to know besides: why a run or pushes failed, until when a PSA asked for rest. */
  readonly detail: string | null;
  readonly since: Date | null;
}

/** Everything that waits for a person; reviews that were set to ignore do not. */
export async function listAttention(tx: TenantTx): Promise<AttentionItem[]> {
  const { tenantId } = tx;
  const rows = await tx.db.execute<RawRow<AttentionItem>>(sql`
    select w.what, i.key as integration, w.kind, w.id, w.count::int as count, w.detail, w.since from (
      select 'credentials' as what, id as integration_id, null as kind, null::bigint as id, 1 as count, null as detail,
        null::timestamptz as since from integrations where tenant_id = ${tenantId} and needs_credentials
      union all
      select 'paused', id, null, null, 1, null, paused_at from integrations where tenant_id = ${tenantId} and paused_at is not null
      union all
      select 'blocked', id, null, null, 1, to_char(blocked_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), null
      from integrations where tenant_id = ${tenantId} and blocked_until > now()
      union all
      select 'failed_run', integration_id, null, id, 1, error_text, finished_at from (
        select distinct on (integration_id, job) * from runs
        where tenant_id = ${tenantId} and not dry_run and state <> 'running' order by integration_id, job, id desc) newest
      where state = 'failed' and not exists (select from runs later where later.tenant_id = ${tenantId}
        and later.integration_id = newest.integration_id and later.id > newest.id and later.job = 'full' and not later.dry_run
        and later.state in ('completed', 'completed_with_rejects'))
      union all
      select case state when 'waiting' then 'orphans' else 'approved_orphans' end, integration_id, kind, id, cardinality(psa_ids),
        null, coalesce(decided_at, created_at)
      from orphan_proposals where tenant_id = ${tenantId} and state in ('waiting', 'approved')
      union all
      select case state when 'failed' then 'failed_push' else 'unsettled_push' end, integration_id, kind, min(record_id), count(*),
        string_agg(distinct reason_code, ', '), min(settled_at)
      from pushes where tenant_id = ${tenantId} and state in ('failed', 'attention') group by integration_id, kind, state
      union all
      select 'waiting_push', integration_id, kind, min(record_id), count(*), null, min(requested_at) from pushes p
      where tenant_id = ${tenantId} and state = 'waiting' and not exists (select from pushes parent where parent.tenant_id = p.tenant_id
        and parent.integration_id = p.integration_id and parent.record_id = p.waits_for
        and parent.state in ('pending', 'waiting', 'failed', 'attention'))
      group by integration_id, kind
      union all
      select 'review', integration_id, kind, min(id), count(*), null, min(created_at)
      from reviews where tenant_id = ${tenantId} and state = 'open' group by integration_id, kind
      union all
      select 'reject', integration_id, kind, min(id), count(*), null, min(created_at)
      from rejects where tenant_id = ${tenantId} and resolved_at is null group by integration_id, kind
    ) w join integrations i on i.tenant_id = ${tenantId} and i.id = w.integration_id
    order by i.key, w.kind, w.id`);
  return rows
    .map((row) => ({ ...row, since: dateOrNull(row.since) }))
    .sort((a, b) => ATTENTION.indexOf(a.what) - ATTENTION.indexOf(b.what));
}
