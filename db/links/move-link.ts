import { sql } from 'drizzle-orm';
import { CHILD_KINDS } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { holdIntegration } from '../integrations/hold-integration.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { Refusal } from '../refusal.ts';
import { textArray } from '../sql.ts';
import { type LinkMove, linkMove } from './link-moves.ts';
import { linksOfRecord, type RecordLink } from './record-links.ts';

export interface MoveLink {
  readonly recordId: string;
  /** Which tie is meant, where a record has several. */
  readonly integrationId?: string;
  readonly psaId?: string;
}

/** Moves a record's tie to another state; answers it as it was. Refuses what the tie's state, or another tie, forbids. */
export async function moveLink(tx: TenantTx, name: LinkMove, input: MoveLink): Promise<RecordLink> {
  const { integrationId } = choose(name, input, await linksOfRecord(tx, input.recordId));
  await holdIntegration(tx, integrationId);
  // Read again: until the integration was held, a page may have moved it.
  const link = choose(name, { ...input, integrationId }, await linksOfRecord(tx, input.recordId));
  const { to, afresh = false, dropsOpenReferences } = linkMove(name);
  if (to === 'live') await refuseSecondTie(tx, link);
  // Marked as drifted, a link is looked at even when the PSA's values hash to what they did.
  await tx.db.execute(sql`
    update links set state = ${to}, error = null, updated_at = now(), changed_by = ${tx.author},
      base = case when ${afresh} then null else base end, drifted = drifted or ${afresh}
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and kind = ${link.kind} and psa_id = ${link.psaId}`);
  if (dropsOpenReferences) {
    await tx.db.execute(sql`
      delete from open_references where tenant_id = ${tx.tenantId} and integration_id = ${integrationId}
        and record_id = ${link.recordId}`);
  }
  return link;
}

function choose(name: LinkMove, { recordId, integrationId, psaId }: MoveLink, links: readonly RecordLink[]) {
  const meant = links.filter(
    (link) => (integrationId ?? link.integrationId) === link.integrationId && (psaId ?? link.psaId) === link.psaId,
  );
  const { from } = linkMove(name);
  const [only, ...others] = meant.filter((link) => from.includes(link.state));
  if (only && others.length === 0) return only;
  if (only) {
    const ids = [only, ...others].map((link) => `${link.integration} ${link.psaId}`).join(', ');
    throw new Refusal(`Record ${recordId} has several links that this fits: ${ids}.`, 'Name the PSA id that is meant.');
  }
  const states = meant.map((link) => `${link.integration} ${link.psaId}: ${link.state}`).join(', ');
  if (states === '') throw new Refusal(`Record ${recordId} has no link to a PSA, so there is nothing to ${name}.`);
  throw new Refusal(
    `Only a link that is ${from.join(' or ')} can be ${to(name)}, and record ${recordId} has ${states}.`,
    meant.some((link) => link.state === 'orphaned')
      ? 'An orphaned record syncs again by itself as soon as its PSA record is back inside the gate.'
      : undefined,
  );
}

const to = (name: LinkMove): string => (name.endsWith('e') ? `${name}d` : `${name}ed`);

async function refuseSecondTie(tx: TenantTx, link: RecordLink): Promise<void> {
  const [other] = await tx.db.execute<{ psa_id: string }>(sql`
    select psa_id from links where tenant_id = ${tx.tenantId} and integration_id = ${link.integrationId}
      and record_id = ${link.recordId} and psa_id <> ${link.psaId} and state in ('live', 'error', 'disabled')`);
  if (!other) return;
  throw new Refusal(
    `Record ${link.recordId} is linked to PSA record ${other.psa_id} by now, and a record has one link only.`,
    'Disconnect it from that one first.',
  );
}

/** How many records inside an organization are in step: they go out of it with their organization. */
export async function countSyncingInside(tx: TenantTx, organizationId: string): Promise<number> {
  const inside = CHILD_KINDS.map(
    (kind) => sql`select id from ${sql.raw(RECORD_TABLES[kind].table)}
      where tenant_id = ${tx.tenantId} and organization_id = ${organizationId}`,
  );
  const [row] = await tx.db.execute<{ count: string }>(sql`
    select count(*) from links where tenant_id = ${tx.tenantId} and state in ('live', 'error')
      and kind = any(${textArray(CHILD_KINDS)}) and record_id in (${sql.join(inside, sql` union all `)})`);
  return Number(row?.count ?? 0);
}
