import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { RunningSimulator } from '../../simulator/start.ts';
import { makeRecord } from '../support/local-records.ts';
import type { Random } from '../support/random.ts';
import type { Home } from './ours.ts';
import { psaRows } from './connectwise.ts';
import type { Kind, Row } from './theirs.ts';

/** The same name as somebody else would have typed it. */
function retyped(random: Random, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replaceAll('\0', '');
  return random.pick([text, text.toUpperCase(), `  ${text} `, text.replaceAll(' ', '  '), text.normalize('NFD')]);
}

const id = (value: unknown): unknown => (value as { id?: unknown } | undefined)?.id;
const name = (value: unknown) => (value as { name?: string } | undefined)?.name;

/**
 * Records that people made before the PSA was connected: some that a sync must find by their names (typed differently),
 * some twice, so that choosing one would be a guess, and some that nothing fits. A few get a second claimant in the PSA.
 */
export async function makeLocals(
  database: Database,
  home: Home,
  simulator: RunningSimulator,
  random: Random,
): Promise<void> {
  const { admin } = simulator;
  const psa = psaRows(simulator);
  const typeIds = await ourTypes(database, home);
  const make = (kind: Kind, values: LocalValues) => makeRecord(database, home.tenantId, kind, values);
  for (const company of random.some(psa.companies, 6)) {
    const named = { name: retyped(random, company['name']), description: 'ours', quickNotes: 'kept' };
    const organization = await make('organization', named);
    if (random.chance(0.2)) await make('organization', { name: retyped(random, company['name']) });
    const belongs = (row: Row) => id(row['company']) === company['id'];
    for (const contact of random.some(psa.contacts.filter(belongs), 4)) {
      const person = {
        organization,
        firstName: retyped(random, contact['firstName']),
        lastName: retyped(random, contact['lastName']),
        title: random.pick(['Boss', null]),
        notes: 'never mapped',
      };
      await make('contact', person);
      if (random.chance(0.25)) await make('contact', { ...person, title: 'Twin' });
      const { firstName, lastName, company: employer } = contact;
      if (random.chance(0.25)) admin.putRows('contacts', [{ firstName, lastName, company: employer }]);
    }
    for (const site of random.some(psa.sites.filter(belongs), 2)) {
      await make('location', {
        organization,
        name: retyped(random, site['name']),
        address1: retyped(random, site['addressLine1']),
        address2: retyped(random, site['addressLine2']),
        city: random.chance(0.3) ? 'Elsewhere' : retyped(random, site['city']),
        region: name(site['stateReference']) ?? null,
        country: name(site['country']) ?? null,
      });
    }
    for (const device of random.some(psa.configurations.filter(belongs), 4)) {
      const same = {
        organization,
        name: retyped(random, device['name']),
        type: typeIds.get(String(id(device['type']))) ?? null,
        serialNumber: random.pick([device['serialNumber'] as string | undefined, undefined, 'OTHER-1']) ?? null,
        macAddress: retyped(random, device['macAddress'])?.replaceAll(':', '-').trim() ?? null,
        hostname: 'not-mapped',
      };
      await make('configuration', same);
      if (random.chance(0.25)) await make('configuration', { ...same, serialNumber: null });
      const { name, type, status, company: owner } = device;
      if (random.chance(0.25)) admin.putRows('configurations', [{ name, type, status, company: owner }]);
    }
  }
}

/** Our ids of the PSA's types of devices. */
async function ourTypes(database: Database, { tenantId, integrationId }: Home): Promise<Map<string, string>> {
  const rows = await database.withTenant(tenantId, (tx) =>
    tx.db.execute<{ psa_id: string; lookup_id: string }>(sql`
      select psa_id, lookup_id from lookup_links
      where tenant_id = ${tenantId} and integration_id = ${integrationId} and list = 'configuration_type'`),
  );
  return new Map(rows.map((row) => [row.psa_id, row.lookup_id]));
}
