import { sql } from 'drizzle-orm';
import type { PushStanding } from '../../domain/next-push-step.ts';
import { type Integration, readIntegration } from '../integrations/read-integration.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import type { TenantTx } from '../database.ts';
import { ofPush, type PushKey } from './push-key.ts';

/** What an attempt at a push begins with. */
export interface ClaimedPush extends PushStanding {
  readonly integration: Integration;
  /** Of the newest request. */
  readonly version: number;
  /** Words of the newest failure, for whoever is asked again. */
  readonly reason: string | null;
  /** The PSA record that it is tied to, and the one that this belongs under; null without a tie. */
  readonly psa: { readonly psaId: string; readonly organizationPsaId: string | null } | null;
  /** Drawn before the PSA is asked. */
  readonly readSeq: string;
}

type Row = Omit<ClaimedPush, 'integration' | 'twoWay' | 'paused' | 'psa' | 'version'> & {
  readonly version: string;
  readonly psaId: string | null;
  readonly organizationPsaId: string | null;
};

/** Where a push stands; null when there is none (any more). Takes no lock: what is decided on it is looked at again. */
export async function claimPush(tx: TenantTx, key: PushKey): Promise<ClaimedPush | null> {
  const integration = await readIntegration(tx, key.integrationId);
  const [row] = await tx.db.execute<Row & Record<string, unknown>>(sql`
    select p.state, p.version, p.reason_code as "reasonCode", p.reason, l.psa_id as "psaId", l.state as link, n.state as intent,
      ${organizationOf(key)} as "organizationPsaId", nextval('sync_seq')::text as "readSeq",
      (select count(*)::int from pending_edits where ${ofPush(tx, key)}) as edits,
      ceil(greatest(0, extract(epoch from greatest(l.writing_until, n.writing_until) - clock_timestamp()) * 1000))::float as "writingMs"
    from pushes p
    left join lateral (
      select psa_id, state, base, writing_until from links where ${ofPush(tx, key)}
      order by state in ('live', 'error', 'disabled') desc, updated_at desc limit 1) l on true
    left join push_intents n on n.record_id = p.record_id and n.integration_id = p.integration_id and n.tenant_id = p.tenant_id
    where ${ofPush(tx, key, 'p.')}`);
  if (!row || !integration) return null;
  const { psaId, organizationPsaId, version, ...standing } = row;
  return {
    ...standing,
    integration,
    version: Number(version),
    twoWay: integration.settings.twoWay,
    paused: integration.pausedAt !== null,
    psa: psaId === null ? null : { psaId, organizationPsaId },
    writingMs: row.writingMs ?? 0,
  };
}

/** The PSA id of the organization that a record lies under: as of the base, or, where a reconnect left none, by its own. */
function organizationOf({ kind, recordId }: PushKey) {
  if (kind === 'organization') return sql`null::text`;
  return sql`coalesce(l.base ->> 'organization', (
    select o.psa_id from ${sql.raw(RECORD_TABLES[kind].table)} r
    join links o on o.record_id = r.organization_id and o.integration_id = p.integration_id and o.tenant_id = p.tenant_id
    where r.tenant_id = p.tenant_id and r.id = ${recordId} and o.state in ('live', 'error') limit 1))`;
}
