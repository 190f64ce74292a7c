import { beforeAll, describe, expect, it } from 'vitest';
import { body, make, syncedHome } from '../../support/synced-home.ts';
import type { Send } from '../../support/api.ts';

let send: Send;

beforeAll(async () => {
  ({ send } = await syncedHome());
});

const makeOrganization = (by: Send, name: string) => make(by, '/organizations', 'organizations', { name });

describe('two at once', () => {
  it('a change that names a version it did not see is a 409 with the newer record', async () => {
    const path = `/organizations/${await makeOrganization(send, 'Contested')}`;
    const { headers } = await send('GET', path);
    const etag = headers.get('etag') ?? '';
    expect((await send('PATCH', path, body('organizations', { alert: 'first' }), { 'if-match': etag })).status).toBe(
      200,
    );
    const late = await send('PATCH', path, body('organizations', { alert: 'second' }), { 'if-match': etag });
    expect(late.status).toBe(409);
    expect(late.errors).toMatchObject([
      { status: 409, title: 'Conflict', meta: { current: { attributes: { alert: 'first' } } } },
    ]);
    const again = await send('PATCH', path, body('organizations', { alert: 'second' }), {
      'if-match': late.headers.get('etag') ?? '',
    });
    expect(again.data.attributes['alert']).toBe('second');
  });

  it('so is one that sends the time that it read and is late, alone or in a bulk', async () => {
    const id = await makeOrganization(send, 'Contested by time');
    const { data } = await send('GET', `/organizations/${id}`);
    const seen = data.attributes['updated-at'];
    expect(
      (await send('PATCH', `/organizations/${id}`, body('organizations', { alert: 'first', 'updated-at': seen })))
        .status,
    ).toBe(200);
    const late = await send(
      'PATCH',
      `/organizations/${id}`,
      body('organizations', { alert: 'second', updated_at: seen }),
    );
    expect([late.status, late.errors[0]?.meta?.current?.attributes['alert']]).toEqual([409, 'first']);
    const bulk = await send('PATCH', '/organizations', {
      data: [{ attributes: { id, alert: 'x', 'updated-at': seen } }],
    });
    expect([bulk.status, bulk.errors[0]?.source?.pointer]).toEqual([409, '/data/0']);
  });

  it('without either, only the sent fields change, whatever happened meanwhile', async () => {
    const path = `/organizations/${await makeOrganization(send, 'Shared')}`;
    await Promise.all([
      send('PATCH', path, body('organizations', { alert: 'one' })),
      send('PATCH', path, body('organizations', { description: 'two' })),
    ]);
    expect((await send('GET', path)).data.attributes).toMatchObject({ alert: 'one', description: 'two' });
  });

  it('bulk changes that lock the same records in other orders all come through', async () => {
    const ids = [
      await makeOrganization(send, 'Ring one'),
      await makeOrganization(send, 'Ring two'),
      await makeOrganization(send, 'Ring three'),
    ];
    const change = (order: readonly string[], alert: string) =>
      send('PATCH', '/organizations', { data: order.map((id) => ({ attributes: { id, alert } })) });
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, n) => change(n % 2 ? ids : [...ids].reverse(), `round ${n}`)),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
  });
});
