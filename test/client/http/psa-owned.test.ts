import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { body, make, syncedHome, type SyncedHome } from '../../support/synced-home.ts';
import type { Send } from '../../support/api.ts';

let at: SyncedHome;
let send: Send;
let synced: SyncedHome['synced'];

beforeAll(async () => {
  at = await syncedHome();
  ({ send, synced } = at);
});

beforeEach(() => at.setTwoWay(true));

const makeOrganization = (by: Send, name: string) => make(by, '/organizations', 'organizations', { name });

describe('what a PSA decides', () => {
  it('with two-way sync off, refuses each synced field by name and takes the others', async () => {
    await at.setTwoWay(false);
    const refused = await send(
      'PATCH',
      `/organizations/${synced.organization}`,
      body('organizations', { name: 'Mine now', alert: 'x' }),
    );
    expect(refused.status).toBe(422);
    expect(refused.errors).toMatchObject([{ status: 422, source: { pointer: '/data/attributes/name' } }]);
    expect(refused.errors[0]?.detail).toMatch(/^Cannot update a synced resource: .*two-way/i);
    const taken = await send(
      'PATCH',
      `/organizations/${synced.organization}`,
      body('organizations', { alert: 'Careful', name: 'Acme' }),
    );
    expect(taken.data.attributes).toMatchObject({ alert: 'Careful', name: 'Acme' });
  });

  it('refuses to rename a row that a PSA has', async () => {
    const { ids } = await send('GET', '/organization_types?filter[name]=Client');
    const { status, errors } = await send(
      'PATCH',
      `/organization_types/${ids[0]}`,
      body('organization-types', { name: 'Customer' }),
    );
    expect(status).toBe(422);
    expect(errors).toMatchObject([{ source: { pointer: '/data/attributes/name' } }]);
    expect(errors[0]?.detail).toContain('Cannot update a synced resource');
  });

  it('refuses to delete a record that syncs, and deletes the others in bulk', async () => {
    const { status, errors } = await send('DELETE', '/contacts', {
      data: [{ type: 'contacts', attributes: { id: synced.contact } }],
    });
    expect(status).toBe(422);
    expect(errors[0]?.detail).toContain('Disable or disconnect');
    const ids = [await makeOrganization(send, 'To go 1'), await makeOrganization(send, 'To go 2')];
    const gone = await send('DELETE', '/organizations', {
      data: ids.map((id) => ({ type: 'organizations', attributes: { id } })),
    });
    expect([gone.status, gone.ids]).toEqual([200, ids]);
    expect((await send('GET', `/organizations/${ids[0]}`)).status).toBe(404);
    const nested = `/organizations/${synced.organization}/relationships/locations`;
    const locationId = await make(send, nested, 'locations', { name: 'Pop-up' });
    expect((await send('DELETE', `${nested}/${locationId}`)).ids).toEqual([locationId]);
  });
});

describe('lists', () => {
  it('get new rows and new names, but no name twice', async () => {
    const id = await make(send, '/manufacturers', 'manufacturers', { name: 'Lenovo' });
    const twice = await send('POST', '/manufacturers', body('manufacturers', { name: ' LENOVO ' }));
    expect(twice.errors).toMatchObject([{ status: 422, source: { pointer: '/data/attributes/name' } }]);
    const renamed = await send('PATCH', `/manufacturers/${id}`, body('manufacturers', { name: 'Lenovo Group' }));
    expect(renamed.data.attributes['name']).toBe('Lenovo Group');
    const modelId = await make(send, `/manufacturers/${id}/relationships/models`, 'models', { name: 'T14' });
    const bulk = await send('PATCH', '/models', { data: [{ attributes: { id: modelId, name: 'T14 Gen 5' } }] });
    expect(bulk.list).toMatchObject([
      { id: modelId, attributes: { name: 'T14 Gen 5', 'manufacturer-id': Number(id) } },
    ]);
    const orphan = await send('POST', '/models', body('models', { name: 'X', manufacturer_id: modelId }));
    expect(orphan.errors).toMatchObject([
      { detail: 'must exist', source: { pointer: '/data/attributes/manufacturer-id' } },
    ]);
    expect((await send('POST', '/manufacturers', body('manufacturers', { name: '' }))).errors[0]?.detail).toBe(
      "can't be blank",
    );
  });
});
