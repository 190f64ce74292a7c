import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { TenantTx } from '../database.ts';
import { holdIntegration } from '../integrations/hold-integration.ts';
import { idArray, textArray } from '../sql.ts';
import { type LinkMove, linkMove } from './link-moves.ts';

/** Links of an integration that have something in common: their kind, and type or status as the PSA gave it last. */
export interface LinkGroup {
  readonly integrationId: string;
  readonly kind: Kind;
  /** Names, in any case; null: whatever it is. */
  readonly type: string | null;
  readonly status: string | null;
}

export interface CountedGroup {
  readonly kind: Kind;
  readonly type: string | null;
  readonly status: string | null;
  readonly state: LinkState;
  readonly count: number;
}

/** How many links there are of each kind, type, status and state. */
export async function listLinkGroups(tx: TenantTx, integrationId: string, kind: Kind | null): Promise<CountedGroup[]> {
  const rows = await tx.db.execute<CountedGroup & Record<string, unknown>>(sql`
    select kind, base -> 'type' ->> 'name' as type, base -> 'status' ->> 'name' as status, state, count(*)::int as count
    from links where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and (${kind}::text is null or kind = ${kind})
    group by 1, 2, 3, 4
    order by array_position(array['organization', 'location', 'contact', 'configuration'], kind), 2, 3, 4`);
  return [...rows];
}

/** How many links of a group a move would touch. */
export async function countGroup(tx: TenantTx, name: LinkMove, group: LinkGroup): Promise<number> {
  const [row] = await tx.db.execute<{ count: number }>(
    sql`select count(*)::int as count from links where ${movable(tx, name, group)}`,
  );
  return row?.count ?? 0;
}

/** Moves all links of a group that the move fits; answers how many. One that would give a record a second tie stays. */
export async function moveGroup(tx: TenantTx, name: LinkMove, group: LinkGroup): Promise<number> {
  await holdIntegration(tx, group.integrationId);
  const { to, afresh = false, dropsOpenReferences = false } = linkMove(name);
  // Marked as drifted, a link is looked at even when the PSA's values hash to what they did.
  const moved = await tx.db.execute<{ record_id: string }>(sql`
    update links set state = ${to}, error = null, updated_at = now(), changed_by = ${tx.author},
      base = case when ${afresh} then null else base end, drifted = drifted or ${afresh}
    where ${movable(tx, name, group)}
    returning record_id`);
  if (dropsOpenReferences) {
    await tx.db.execute(sql`
      delete from open_references where tenant_id = ${tx.tenantId} and integration_id = ${group.integrationId}
        and record_id = any(${idArray(moved.map(({ record_id }) => record_id))})`);
  }
  return moved.length;
}

function movable(tx: TenantTx, name: LinkMove, { integrationId, kind, type, status }: LinkGroup): SQL {
  const { from, to } = linkMove(name);
  const named = (field: string, wanted: string | null) =>
    wanted === null ? sql`true` : sql`lower(links.base -> ${field}::text ->> 'name') = lower(${wanted})`;
  const onlyTie =
    to === 'live'
      ? sql`not exists (select from links other where other.tenant_id = links.tenant_id and other.record_id = links.record_id
          and other.integration_id = links.integration_id and other.psa_id <> links.psa_id
          and other.state in ('live', 'error', 'disabled'))`
      : sql`true`;
  return sql`links.tenant_id = ${tx.tenantId} and links.integration_id = ${integrationId} and links.kind = ${kind}
    and links.state = any(${textArray(from)}) and ${named('type', type)} and ${named('status', status)} and ${onlyTie}`;
}
