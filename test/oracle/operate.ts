import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { changeSettings, setTicks } from '../../db/integrations/change-settings.ts';
import { moveLink } from '../../db/links/move-link.ts';
import { listLookups } from '../../db/lookups/list-lookups.ts';
import { Refusal } from '../../db/refusal.ts';
import type { Kind } from '../../domain/kinds.ts';
import { writeField } from '../support/local-records.ts';
import type { Random } from '../support/random.ts';
import type { Home } from './ours.ts';

const GATES = ['organization_type', 'organization_status', 'configuration_type', 'configuration_status'] as const;

/** Ticks most rows and unticks the others; switches the settings about. */
export async function chooseSettings(database: Database, home: Home, random: Random): Promise<void> {
  await database.withTenant(home.tenantId, async (tx) => {
    for (const row of await listLookups(tx, home.integrationId, GATES))
      await setTicks(tx, home.integrationId, row.list, [row.psaId], random.chance(0.8));
    await changeSettings(tx, home.integrationId, {
      contactsSync: random.chance(0.8),
      keepLocalWhenBlank: random.chance(0.3),
      twoWay: random.chance(0.4),
    });
  });
}

/** A field of each kind that a PSA maps, and one that it does not. */
const WRITABLE: Record<Kind, readonly string[]> = {
  organization: ['shortName', 'alert'],
  location: ['city', 'notes'],
  contact: ['title', 'notes'],
  configuration: ['assetTag', 'hostname'],
};

/** What people do to records: edits that are on their way, writes past the product, ties cut and mended. */
export async function operate(database: Database, home: Home, random: Random): Promise<void> {
  const { tenantId, integrationId } = home;
  const links = await database.withTenant(tenantId, async (tx) => [
    ...(await tx.db.execute<{ kind: Kind; record_id: string; psa_id: string; state: string }>(sql`
      select kind, record_id, psa_id, state from links
      where tenant_id = ${tenantId} and integration_id = ${integrationId} order by kind, length(psa_id), psa_id`)),
  ]);
  for (const { kind, record_id } of random.some(links, 12)) {
    const value = random.pick(['Edited', 'By hand', null]);
    await writeField(database, tenantId, kind, record_id, random.pick(WRITABLE[kind]), value, random.chance(0.5));
  }
  for (const { psa_id: psaId, record_id: recordId, state } of random.some(links, 4)) {
    const moves = { disabled: 'enable', disconnected: 'reconnect' } as Record<string, 'enable' | 'reconnect'>;
    const move = moves[state] ?? random.pick(['disable', 'disconnect'] as const);
    try {
      await database.withTenant(tenantId, (tx) => moveLink(tx, move, { recordId, integrationId, psaId }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // another tie has taken the record, or it is orphaned
    }
  }
}
