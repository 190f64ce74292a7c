import { beforeAll, describe, expect, it } from 'vitest';
import { type Send, sender, testApi } from '../../support/api.ts';
import { testDatabase } from '../../support/database.ts';
import { makeRecord } from '../../support/local-records.ts';
import { pretendSync, psaRecord, recordOf } from '../../support/pretend-sync.ts';
import { testIntegration } from '../../support/tenant.ts';

let send: Send;
/** Ids by a short name. */
const id: Record<string, string> = {};

beforeAll(async () => {
  const { database } = await testDatabase();
  const api = await testApi(database);
  const home = await testIntegration(database);
  send = sender(api.url, api.key({ tenantId: home.tenantId }));
  await pretendSync(database, home, {
    records: {
      organization: [
        psaRecord('organization', '501', { name: 'Acme, Inc.' }),
        psaRecord('organization', '502', { name: 'Beta' }),
      ],
      location: [psaRecord('location', '601', { organization: '501', name: 'Main' })],
      contact: [psaRecord('contact', '701', { organization: '501', firstName: 'Ada', location: '601' })],
      configuration: [
        psaRecord('configuration', '801', { organization: '501', name: 'SRV-1', macAddress: '00:1A:2B:3C:4D:5E' }),
        psaRecord('configuration', '802', { organization: '501', name: 'SRV-2' }),
      ],
    },
  });
  for (const [name, kind, psaId] of [
    ['acme', 'organization', '501'],
    ['main', 'location', '601'],
    ['server', 'configuration', '801'],
  ] as const)
    id[name] = await recordOf(database, home, kind, psaId);
  await makeRecord(database, home.tenantId, 'organization', { name: 'Child', parent: id['acme'] ?? null });
});

describe('includes', () => {
  it.each(['adapters_resources', 'adapters-resources'])('%s gives the PSA id of a record', async (include) => {
    const { data, included } = await send('GET', `/organizations/${id['acme']}?include=${include}`);
    const [ref] = data.relationships?.['adapters-resources']?.data ?? [];
    expect(included).toMatchObject([
      { type: 'adapters-resources', id: ref?.id, attributes: { 'remote-id': '501', 'psa-integration-type': 'manage' } },
    ]);
  });

  it('works for lists, and a record that no PSA has has none', async () => {
    const { list, included } = await send('GET', '/organizations?include=adapters_resources,attachments');
    expect(list.map(({ relationships }) => relationships?.['adapters-resources']?.data.length)).toEqual([1, 1, 0]);
    expect(list.map(({ relationships }) => relationships?.['attachments']?.data)).toEqual([[], [], []]);
    expect(included).toHaveLength(2);
  });

  it("gives a contact's location", async () => {
    const { included } = await send('GET', '/contacts?include=location');
    expect(included).toMatchObject([{ type: 'locations', id: id['main'], attributes: { name: 'Main' } }]);
  });
});

describe('a configuration with its interfaces', () => {
  it.each(['configuration_interfaces', 'configuration-interfaces'])('has its addresses there: %s', async (include) => {
    const { data, included } = await send('GET', `/configurations/${id['server']}?include=${include}`);
    const ref = { type: 'configuration-interfaces', id: id['server'] };
    expect(data.relationships?.['configuration-interfaces']?.data).toEqual([ref]);
    const attributes = {
      'configuration-id': Number(id['server']),
      'mac-address': '00:1A:2B:3C:4D:5E',
      'ip-address': null,
      primary: true,
    };
    expect(included).toMatchObject([{ ...ref, attributes }]);
  });

  it('has none without an address', async () => {
    const { list } = await send('GET', '/configurations?sort=name&include=configuration_interfaces');
    expect(list.map(({ relationships }) => relationships?.['configuration-interfaces']?.data.length)).toEqual([1, 0]);
  });
});

describe('includes of IT Glue', () => {
  it.each([
    ['organizations', 'adapters_resources,attachments,rmm_companies'],
    [
      'configurations',
      'adapters_resources,configuration_interfaces,rmm_records,rmm_adapters_resources,passwords,attachments,tickets,adapters_resources_errors,rmm_adapters_resources_errors,active_network_glue_network_devices,to_configuration_connections,from_configuration_connections,dnet_fa_remote_assets,user_resource_accesses,group_resource_accesses,recent_versions,related_items,authorized_users',
    ],
    [
      'contacts',
      'adapters_resources,location,passwords,attachments,tickets,distinct_remote_contacts,resource_fields,user_resource_accesses,group_resource_accesses,recent_versions,related_items,authorized_users',
    ],
    [
      'locations',
      'adapters_resources,attachments,passwords,user_resource_accesses,group_resource_accesses,recent_versions,related_items,authorized_users',
    ],
  ])('are all taken for %s, in one request', async (path, include) => {
    const { status, list } = await send('GET', `/${path}?include=${include}`);
    expect(status).toBe(200);
    const names = include.split(',').map((name) => name.replaceAll('_', '-'));
    for (const { relationships } of list) expect(Object.keys(relationships ?? {})).toEqual(names);
  });
});
