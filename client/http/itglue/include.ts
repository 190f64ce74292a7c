import type { ApiRecord } from '../../../db/api/read-records.ts';
import { readRecords } from '../../../db/api/read-records.ts';
import type { Tie } from '../../../db/api/read-ties.ts';
import type { TenantTx } from '../../../db/database.ts';
import { itGlueNames } from '../../../psa/registry.ts';
import type { ResourceObject } from './document.ts';
import { renderRecord } from './render-record.ts';
import type { RecordResource } from './resource.ts';
import { RECORD_RESOURCES } from './resources/record-resources.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';

/** Adds what a request wants included: relationships to each object, and the objects that they name. */
export async function addIncluded(
  tx: TenantTx,
  resource: RecordResource,
  shown: readonly { readonly record: ApiRecord; readonly object: ResourceObject }[],
  around: Surroundings,
  includes: readonly string[],
): Promise<{ readonly data: readonly ResourceObject[]; readonly included?: readonly ResourceObject[] }> {
  if (includes.length === 0) return { data: shown.map(({ object }) => object) };
  const locations = includes.some((name) => resource.includes[name] === 'location')
    ? await renderLocations(tx, shown)
    : new Map<string, ResourceObject>();
  const included = new Map<string, ResourceObject>();
  const data = shown.map(({ record, object }) => {
    const relationships = includes.map((name) => {
      const found = relatedTo(record, resource.includes[name] ?? 'none', around, locations);
      for (const one of found) included.set(`${one.type} ${one.id}`, one);
      return [name.replaceAll('_', '-'), { data: found.map(({ id, type }) => ({ id, type })) }] as const;
    });
    return { ...object, relationships: Object.fromEntries(relationships) };
  });
  return { data, included: [...included.values()] };
}

function relatedTo(
  record: ApiRecord,
  include: RecordResource['includes'][string],
  around: Surroundings,
  locations: ReadonlyMap<string, ResourceObject>,
): readonly ResourceObject[] {
  const { id, values } = record;
  if (include === 'adapters_resources') return (around.ties.get(id) ?? []).map(adapterResource);
  if (include === 'interface') return interfaceOf(record);
  const location = include === 'location' ? locations.get(values['location'] as string) : undefined;
  return location ? [location] : [];
}

/** A tie; `remote-id` is the PSA's id of the record. */
function adapterResource({ integrationId, recordId, provider, psaId, state }: Tie): ResourceObject {
  const type = Object.entries(itGlueNames).find(([, ours]) => ours === provider)?.[0] ?? provider;
  return {
    id: `${integrationId}-${recordId}-${psaId}`,
    type: 'adapters-resources',
    attributes: {
      'remote-id': psaId,
      'psa-integration-type': type,
      'sync-state': state,
      'integration-id': Number(integrationId),
    },
  };
}

/** A configuration has one interface, which is read and written by its own attributes; so it goes by its id. */
function interfaceOf({ id, values }: ApiRecord): ResourceObject[] {
  const ip = (values['primaryIp'] ?? null) as string | null;
  const mac = (values['macAddress'] ?? null) as string | null;
  if (ip === null && mac === null) return [];
  const addresses = { 'ip-address': ip, 'mac-address': mac };
  const attributes = { 'configuration-id': Number(id), name: null, ...addresses, primary: true, notes: null };
  return [{ id, type: 'configuration-interfaces', attributes }];
}

async function renderLocations(tx: TenantTx, shown: readonly { readonly record: ApiRecord }[]) {
  const ids = new Set(shown.flatMap(({ record }) => (record.values['location'] as string | null) ?? []));
  const resource = RECORD_RESOURCES.location;
  const records = await readRecords(tx, 'location', [...ids]);
  const around = await readSurroundings(tx, resource, records);
  return new Map(records.map((record) => [record.id, renderRecord(resource, record, around, true)]));
}
