import ITGlue from 'node-itglue';
import { beforeAll, expect, it } from 'vitest';
import type { JsonObject } from '../../support/api.ts';
import { syncedHome, type SyncedHome } from '../../support/synced-home.ts';

interface Document {
  readonly data: JsonObject;
}

interface List {
  readonly data: readonly JsonObject[];
  readonly meta: { readonly 'next-page': number | null; readonly 'total-count': number };
}

/** What the npm client answers with when a request is refused. */
interface Refused {
  readonly status: number;
  readonly data: { readonly errors: readonly { readonly status: number; readonly title: string }[] };
}

let at: SyncedHome;
let client: InstanceType<typeof ITGlue>;

beforeAll(async () => {
  at = await syncedHome();
  client = new ITGlue({ apikey: at.api.key({ tenantId: at.home.tenantId, name: 'node-itglue' }) });
  client.config.baseURL = at.api.url; // the only thing that it has no option for
});

it('a client that was written for IT Glue reads all pages of a list', async () => {
  for (let n = 1; n <= 5; n += 1) {
    const attributes = { name: `Paged ${n}` };
    await client.post({ path: '/organizations', body: { data: { type: 'organizations', attributes } } });
  }
  const names = [];
  for (let page: number | null = 1; page !== null;) {
    const list: List = (await client.get({
      path: '/organizations',
      params: { 'page[size]': 4, 'page[number]': page, sort: 'name' },
    })) as List;
    expect(list.meta['total-count']).toBe(6);
    names.push(...list.data.map(({ attributes }) => attributes['name']));
    page = list.meta['next-page'];
  }
  expect(names).toEqual(['Acme', 'Paged 1', 'Paged 2', 'Paged 3', 'Paged 4', 'Paged 5']);
});

it('it filters, finds by PSA id, gets, creates and updates', async () => {
  const params = { 'filter[psa_id]': '501', 'filter[psa_integration_type]': 'manage', include: 'adapters_resources' };
  const { data: found } = (await client.get({ path: '/organizations', params })) as List;
  expect(found.map(({ id }) => id)).toEqual([at.synced.organization]);

  const path = `/organizations/${at.synced.organization}/relationships/contacts`;
  const created = (await client.post({
    path,
    body: { data: { type: 'contacts', attributes: { 'first-name': 'Node', 'last-name': 'Client' } } },
  })) as Document;
  const { data: got } = (await client.get({ path: `/contacts/${created.data.id}` })) as Document;
  expect(got).toEqual(created.data);

  const attributes = { 'contact-phones': [{ value: '7165550199', 'label-name': 'Mobile', primary: true }] };
  await client.patch({ path: `/contacts/${got.id}`, body: { data: { type: 'contacts', attributes } } });
  const byName = (await client.get({ path: '/contacts', params: { 'filter[last_name]': 'client' } })) as List;
  expect(byName.data).toMatchObject([{ id: got.id, attributes: { 'contact-phones': [{ value: '7165550199' }] } }]);
});

it('it understands a refusal', async () => {
  const refused = (await client.get({ path: '/organizations/999999999' }).catch((error: unknown) => error)) as Refused;
  expect(refused).toMatchObject({ status: 404, data: { errors: [{ status: 404, title: 'Not Found' }] } });
});
