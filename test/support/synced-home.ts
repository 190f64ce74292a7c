import type { Database } from '../../db/database.ts';
import { changeSettings } from '../../db/integrations/change-settings.ts';
import type { Kind } from '../../domain/kinds.ts';
import { type Send, sender, testApi, type TestApi } from './api.ts';
import { testDatabase } from './database.ts';
import { pretendSync, psaRecord, recordOf } from './pretend-sync.ts';
import { testIntegration, type TestIntegration } from './tenant.ts';

/** PSA ids of one record of each kind. */
const PSA_IDS: Readonly<Record<Kind, string>> = {
  organization: '501',
  location: '601',
  contact: '701',
  configuration: '801',
};

export interface SyncedHome {
  readonly database: Database;
  readonly api: TestApi;
  readonly home: TestIntegration;
  readonly send: Send;
  /** Our ids of them. */
  readonly synced: Readonly<Record<Kind, string>>;
  setTwoWay(twoWay: boolean): Promise<unknown>;
}

/** The API over a tenant with one synced record of each kind, two-way sync on, and a key that may write. */
export async function syncedHome(): Promise<SyncedHome> {
  const { database } = await testDatabase();
  const api = await testApi(database);
  const home = await testIntegration(database, { twoWay: true });
  await pretendSync(database, home, {
    records: {
      organization: [psaRecord('organization', '501', { name: 'Acme' })],
      location: [psaRecord('location', '601', { organization: '501', name: 'Main', region: 'NY', country: 'USA' })],
      contact: [
        psaRecord('contact', '701', { organization: '501', firstName: 'Ada', lastName: 'Byron', title: 'CTO' }),
      ],
      configuration: [psaRecord('configuration', '801', { organization: '501', name: 'SRV-1' })],
    },
  });
  const synced = { organization: '', location: '', contact: '', configuration: '' };
  for (const kind of Object.keys(PSA_IDS) as Kind[]) synced[kind] = await recordOf(database, home, kind, PSA_IDS[kind]);
  return {
    ...{ database, api, home, synced },
    send: sender(api.url, api.key({ tenantId: home.tenantId, name: 'Ada at her desk' })),
    setTwoWay: (twoWay) =>
      database.withTenant(home.tenantId, (tx) => changeSettings(tx, home.integrationId, { twoWay })),
  };
}

/** A request's body with one object. */
export const body = (type: string, attributes: object) => ({ data: { type, attributes } });

/** Makes something; answers its id. */
export async function make(send: Send, path: string, type: string, attributes: object): Promise<string> {
  const { data, status, errors } = await send('POST', path, body(type, attributes));
  if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(errors)}`);
  return data.id;
}
