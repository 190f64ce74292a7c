import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { LocalValues, PsaValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES, valuesOfRow } from '../record-tables.ts';
import type { IntegrationSettings } from '../schema/integrations.ts';
import { Refusal } from '../refusal.ts';
import { idArray } from '../sql.ts';

/** An integration, as far as edits have to know it. */
export interface EditedIntegration {
  readonly id: string;
  readonly key: string;
  readonly provider: string;
  readonly settings: Pick<IntegrationSettings, 'twoWay' | 'contactsSync' | 'pull'>;
}

/** A link of a record, locked. */
export interface LockedTie {
  readonly integrationId: string;
  readonly psaId: string;
  readonly state: LinkState;
  readonly drifted: boolean;
  /** What the PSA held at the last sync; null where nothing was written here since, or the next sync takes all. */
  readonly base: PsaValues | null;
}

export interface LockedRecord {
  readonly id: string;
  readonly kind: Kind;
  readonly version: number;
  readonly updatedAt: Date;
  readonly values: LocalValues;
  /** All of them, whatever their state. */
  readonly ties: readonly LockedTie[];
}

export interface Locked {
  readonly records: ReadonlyMap<string, LockedRecord>;
  readonly integrations: readonly EditedIntegration[];
}

type Row = Record<string, unknown> & {
  id: string;
  version: string;
  updated_at: string;
  ties: LockedTie[] | null;
  integrations: EditedIntegration[] | null;
};

/** Tries again after a sync linked one of the records while it was waited for. */
const TRIES = 3;

/**
 * Locks records of a kind: their links first, then the records in id order, as a page of a sync does, so that neither
 * waits for the other in a ring. Answers both as they are under the lock, with the integrations that there are. A link that
 * appears while a record is waited for is locked in its turn: the records are let go, and it begins anew.
 * @throws Refusal if that happens again and again
 */
export async function lockForEdit(tx: TenantTx, kind: Kind, ids: readonly string[]): Promise<Locked> {
  for (let tried = 0; tried < TRIES; tried++) {
    await tx.db.execute(sql`savepoint before_locks`);
    const locked = await lock(tx, kind, ids);
    if (!(await hasNewLinks(tx, locked))) return locked;
    await tx.db.execute(sql`rollback to savepoint before_locks`);
  }
  throw new Refusal('A sync is just linking this record.', 'Save it again.');
}

/** A link that is not locked can only be a new one, made by whoever held the record until we got it. */
async function hasNewLinks(tx: TenantTx, { records }: Locked): Promise<boolean> {
  const known = [...records.values()].reduce((sum, { ties }) => sum + ties.length, 0);
  const [row] = await tx.db.execute<{ count: number }>(sql`
    select count(*)::int from links where tenant_id = ${tx.tenantId} and record_id = any(${idArray([...records.keys()])})`);
  return row?.count !== known;
}

async function lock(tx: TenantTx, kind: Kind, ids: readonly string[]): Promise<Locked> {
  // The count makes the links come first: nothing of a record is read before it is known.
  const rows = await tx.db.execute<Row>(sql`
    with tie as materialized (
      select record_id, integration_id, psa_id, state, drifted, base from links
      where tenant_id = ${tx.tenantId} and record_id = any(${idArray(ids)})
      order by integration_id, kind, psa_id for update),
    locked as materialized (
      select r.* from ${sql.raw(RECORD_TABLES[kind].table)} r
      where r.tenant_id = ${tx.tenantId} and r.id = any(${idArray(ids)}) and (select count(*) from tie) >= 0
      order by r.id for no key update)
    select locked.*,
      (select jsonb_agg(jsonb_build_object('integrationId', integration_id::text, 'psaId', psa_id, 'state', state,
        'drifted', drifted, 'base', case when drifted then base end)) from tie where record_id = locked.id) as ties,
      (select jsonb_agg(jsonb_build_object('id', id::text, 'key', key, 'provider', provider, 'settings',
        jsonb_build_object('twoWay', settings -> 'twoWay', 'contactsSync', settings -> 'contactsSync',
        'pull', coalesce(settings -> 'pull', '{}'))) order by id)
        from integrations where tenant_id = ${tx.tenantId}) as integrations
    from locked`);
  return {
    records: new Map(
      rows.map((row) => [
        row.id,
        {
          id: row.id,
          kind,
          version: Number(row.version),
          updatedAt: new Date(row.updated_at),
          values: valuesOfRow(kind, row),
          ties: row.ties ?? [],
        },
      ]),
    ),
    integrations: rows[0]?.integrations ?? [],
  };
}
