import type { AutotaskClient } from './client.ts';
import { ENTITIES } from './entities.ts';
import { covering, is } from './filter.ts';
import { anyId } from './ids.ts';
import { READERS } from './mapping.ts';
import { fieldsFor, type Places } from './places.ts';
import { whole, type Row } from './whole.ts';

/** Not a field of the entity. */
const PRIMARY = 'primaryLocation';

/** Locations are company locations: rows name theirs by its id, and which one is a company's primary stands with the locations. */
export const createSites = (client: AutotaskClient): Places => ({
  readers: READERS,
  fields: (kind) => fieldsFor(READERS, kind, PRIMARY),
  async refer(kind, rows, signal) {
    if (kind !== 'organization') return rows;
    const companies = rows.map(anyId).filter((id) => id !== null);
    const primary = await primaryLocations(client, companies, signal);
    return rows.map(whole((row) => ({ ...row, [PRIMARY]: primary.get(anyId(row) ?? '') ?? null })));
  },
});

/** The primary locations of companies, by company; some of others too. */
async function primaryLocations(
  client: AutotaskClient,
  companies: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const primary = new Map<string, number>();
  for (const company of covering('companyID', companies)) {
    const filter = [company, is('isPrimary', true)];
    const request = { entity: ENTITIES.locations, fields: ['companyID'], filter, scope: 'page', signal } as const;
    for (const row of await client.queryAll(request))
      primary.set(String((row as Row)['companyID']), Number(anyId(row)));
  }
  return primary;
}
