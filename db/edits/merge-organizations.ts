import { sql } from 'drizzle-orm';
import { isSyncing } from '../../domain/edit-rules.ts';
import type { ChildKind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { Refusal } from '../refusal.ts';
import { idArray } from '../sql.ts';
import { NoSuchRecord, type RequestedPush, StillSyncing } from './edit.ts';
import { type Leaving, lockForDelete } from './lock-for-delete.ts';
import { noteLastValues } from './note-last-values.ts';
import { refuseBeingMade } from './refuse-being-made.ts';

export interface MergeOrganizations {
  /** Ends; must not sync. */
  readonly source: string;
  /** Gets all that the source holds. */
  readonly target: string;
  readonly author: string;
}

export interface MergedOrganizations {
  /** Records that moved, by kind. */
  readonly moved: Readonly<Record<ChildKind, number>>;
  /** Pushes that were held up by the source. */
  readonly pushes: readonly RequestedPush[];
}

/** Links in these states are no obstacle: they move along. */
const ENDED: readonly LinkState[] = ['orphaned', 'disconnected'];

/**
 * Moves all that one organization holds into another, with its links, history and edits on their way, and ends it. The
 * target's own fields stay as they are, so the source's quick notes do not move; what it held is in its field history.
 * @throws NoSuchRecord, StillSyncing
 */
export async function mergeOrganizations(tx: TenantTx, input: MergeOrganizations): Promise<MergedOrganizations> {
  const { source, target, author } = input;
  if (source === target) throw new Refusal('An organization cannot be merged into itself.');
  const locked = await lockForDelete(tx, 'organization', [source], [target]);
  const organizations = locked.at(-1)?.records;
  const from = organizations?.get(source);
  if (!from) throw new NoSuchRecord(source);
  if (!organizations?.has(target)) throw new NoSuchRecord(target);
  if (from.ties.some(({ state }) => !ENDED.includes(state))) {
    throw new StillSyncing(
      `Organization ${source} is tied to a PSA, and only one that is not can be merged into another.`,
      [source],
      `Disconnect it first, or merge the other way round.`,
    );
  }
  await refuseBeingMade(tx, [source]);
  const groups = locked.slice(0, -1);
  for (const group of groups) refuseSyncing(group);
  for (const group of groups) await moveRecords(tx, group, input);
  await movePlaces(tx, input, from.values['parent'] ?? null);
  const pushes = await askAgain(
    tx,
    source,
    groups.flatMap(({ ids }) => ids),
  );
  await noteLastValues(tx, 'organization', [source], author);
  await tx.db.execute(sql`delete from organizations where tenant_id = ${tx.tenantId} and id = ${source}`);
  const count = (kind: ChildKind) => groups.find((group) => group.kind === kind)?.ids.length ?? 0;
  return {
    moved: { location: count('location'), contact: count('contact'), configuration: count('configuration') },
    pushes,
  };
}

/** A record that syncs is where its PSA has it. */
function refuseSyncing({ kind, records }: Leaving): void {
  const syncing = [...records.values()].filter(({ ties }) => ties.some(({ state }) => isSyncing(state)));
  if (syncing.length === 0) return;
  throw new StillSyncing(
    `${syncing.length} records (${kind}) of the organization still sync, so they can't leave it.`,
    syncing.map(({ id }) => id),
    'Run a full sync, which ends their sync with that of their organization, or disconnect them.',
  );
}

async function moveRecords(tx: TenantTx, { kind, ids }: Leaving, { source, target, author }: MergeOrganizations) {
  if (ids.length === 0) return;
  await tx.db.execute(sql`
    with noted as (
      insert into field_history (tenant_id, kind, record_id, source, author, changes)
      select ${tx.tenantId}::bigint, ${kind}, id, 'edit', ${author},
        jsonb_build_object('organization', jsonb_build_array(${source}::text, ${target}::text))
      from unnest(${idArray(ids)}) id)
    update ${sql.raw(RECORD_TABLES[kind].table)} set organization_id = ${target}
    where tenant_id = ${tx.tenantId} and id = any(${idArray(ids)})`);
}

/** Everything else that names the source: links, organizations below it, edits on their way, reviews, intents, conflicts. */
async function movePlaces(tx: TenantTx, { source, target, author }: MergeOrganizations, above: unknown): Promise<void> {
  // The target itself may have been below the source: then it takes its place.
  const parentOfTarget = typeof above === 'string' && above !== target ? above : null;
  await tx.db.execute(sql`
    with below as materialized (
      select id, case when id = ${target} then ${parentOfTarget}::bigint else ${target}::bigint end as parent from organizations
      where tenant_id = ${tx.tenantId} and parent_id = ${source} and id <> ${source} order by id for no key update),
    noted as (
      insert into field_history (tenant_id, kind, record_id, source, author, changes)
      select ${tx.tenantId}::bigint, 'organization', id, 'edit', ${author},
        jsonb_build_object('parent', jsonb_build_array(${source}::text, parent::text))
      from below)
    update organizations o set parent_id = below.parent from below where o.tenant_id = ${tx.tenantId} and o.id = below.id`);
  await tx.db.execute(sql`
    update links set record_id = ${target}, changed_by = ${author}, updated_at = now()
    where tenant_id = ${tx.tenantId} and record_id = ${source}`);
  await tx.db.execute(sql`
    update pending_edits set value = to_jsonb(${target}::text), version = version + 1
    where tenant_id = ${tx.tenantId} and field in ('organization', 'parent') and value = to_jsonb(${source}::text)
      and record_id <> ${target}`);
  await tx.db.execute(sql`
    update reviews set organization_id = case when organization_id = ${source} then ${target}::bigint else organization_id end,
      candidate_ids = array_replace(candidate_ids, ${source}::bigint, ${target}::bigint)
    where tenant_id = ${tx.tenantId} and (organization_id = ${source} or ${source}::bigint = any(candidate_ids))`);
  await tx.db.execute(sql`
    update push_intents set organization_id = ${target}
    where tenant_id = ${tx.tenantId} and organization_id = ${source}`);
  // What fell can still be restored: it was said of what the target is now, or of a record that names the target now.
  await tx.db.execute(sql`
    update conflicts set record_id = case when record_id = ${source} then ${target}::bigint else record_id end,
      local_value = case when names then to_jsonb(${target}::text) else local_value end
    from (select id as conflict_id, field in ('organization', 'parent') and local_value = to_jsonb(${source}::text)
      and record_id not in (${source}, ${target}) as names from conflicts where tenant_id = ${tx.tenantId}
        and (record_id = ${source} or local_value = to_jsonb(${source}::text))) c
    where tenant_id = ${tx.tenantId} and id = conflict_id`);
}

/** What waited for the source, or failed because of it, may have a way now. */
async function askAgain(tx: TenantTx, source: string, moved: readonly string[]): Promise<RequestedPush[]> {
  const rows = await tx.db.execute<RequestedPush & Record<string, unknown>>(sql`
    update pushes p set state = 'pending', version = p.version + 1, reason_code = null, reason = null, waits_for = null,
      attempts = 0, settled_at = null
    from integrations i
    where p.tenant_id = ${tx.tenantId} and i.tenant_id = p.tenant_id and i.id = p.integration_id
      and p.state in ('waiting', 'failed') and (p.waits_for = ${source} or p.record_id = any(${idArray(moved)}))
    returning p.integration_id as "integrationId", i.key as "integrationKey", i.provider, p.kind, p.record_id as "recordId"`);
  return [...rows];
}
