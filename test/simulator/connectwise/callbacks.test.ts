import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startForTest, type ApiClient, type Json } from './api-client.ts';

interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that answers with these statuses in turn, then 200. */
async function startReceiver(...statuses: number[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(statuses[received.length - 1] ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?recordId=`, received };
}

async function subscribe(client: ApiClient, url: string, more: Json = {}): Promise<number> {
  const body = { url, type: 'contact', level: 'owner', objectId: 0, ...more };
  const { status, row, text } = await client.send('POST', '/system/callbacks', body);
  expect(status, text).toBe(201);
  return Number(row['id']);
}

type Delivery = { state: string; statuses: number[] };

async function settled(client: ApiClient, count: number): Promise<Delivery[]> {
  for (;;) {
    const deliveries = client.simulator.admin.deliveries() as Delivery[];
    if (deliveries.length >= count && deliveries.every(({ state }) => state !== 'pending')) return deliveries;
    await sleep(5);
  }
}

const addContact = (client: ApiClient, firstName: string): Promise<{ row: Json }> =>
  client.send('POST', '/company/contacts', {
    firstName,
    communicationItems: [{ type: { id: 1 }, value: 'a@b.example' }],
  });

describe('callbacks', () => {
  it('tell of a saved record, signed, with a summary of it as text', async () => {
    const client = await startForTest();
    const { url, received } = await startReceiver();
    await subscribe(client, url);
    const { row } = await addContact(client, 'Cal');
    await settled(client, 1);
    const [call] = received;
    expect(call?.url).toBe(`/hook?recordId=${String(row['id'])}&action=added`);
    const body = JSON.parse(call?.body ?? '') as Json;
    expect(body).toMatchObject({
      Action: 'added',
      ID: row['id'],
      Type: 'contact',
      CompanyId: 'acme',
      MemberId: 'APISync',
    });
    const entity = JSON.parse(String(body['Entity'])) as Json;
    expect(entity).toMatchObject({ firstName: 'Cal' });
    expect(entity).not.toHaveProperty('communicationItems');
    expect(entity).not.toHaveProperty('customFields');

    const key = (await (await fetch(String((body['Metadata'] as Json)['key_url']))).json()) as Json;
    const hashed = createHash('sha256').update(String(key['signing_key'])).digest();
    const expected = createHmac('sha256', hashed)
      .update(call?.body ?? '')
      .digest('base64');
    expect(call?.headers['x-content-signature']).toBe(expected);
  });

  it('tell of changes and deletions, the latter without a summary', async () => {
    const client = await startForTest();
    const { url, received } = await startReceiver();
    const { row } = await addContact(client, 'Cal');
    await subscribe(client, url);
    await client.replace(`/company/contacts/${String(row['id'])}`, { title: 'x' });
    await client.send('DELETE', `/company/contacts/${String(row['id'])}`);
    await settled(client, 2);
    const bodies = received.map((call) => JSON.parse(call.body) as Json);
    expect(bodies.map((body) => body['Action']).toSorted()).toEqual(['deleted', 'updated']);
    expect(bodies.find((body) => body['Action'] === 'deleted')?.['Entity']).toBeNull();
  });

  it('can be narrowed to one record or company, and leave out one’s own changes', async () => {
    const client = await startForTest();
    const { url, received } = await startReceiver();
    await subscribe(client, url, { type: 'company', level: 'company', objectId: 3 });
    await subscribe(client, `${url}own`, { type: 'company', isSelfSuppressedFlag: true });
    await client.replace('/company/companies/2', { phoneNumber: '1' });
    await client.replace('/company/companies/3', { phoneNumber: '1' });
    await settled(client, 1);
    expect(received.map((call) => call.url)).toEqual(['/hook?recordId=3&action=updated']);
    client.simulator.admin.mutate({ seed: 1, change: 1, collections: ['companies'] });
    await settled(client, 2);
    expect(received[1]?.url).toContain('recordId=own');
  });

  it('are tried twice more after 404, 409, 419 and 429, and never after anything else', async () => {
    const client = await startForTest({ settings: { clockSpeed: 1000 } });
    const retried = await startReceiver(429, 404, 200);
    const lost = await startReceiver(419, 409, 429, 200);
    const broken = await startReceiver(500);
    for (const { url } of [retried, lost, broken]) await subscribe(client, url);
    await addContact(client, 'Cal');
    const deliveries = await settled(client, 3);
    expect(deliveries.map(({ state, statuses }) => [state, statuses])).toEqual([
      ['delivered', [429, 404, 200]],
      ['failed', [419, 409, 429]],
      ['failed', [500]],
    ]);
  });

  it('give up on a receiver that does not answer in time, and never try it again', async () => {
    const client = await startForTest({ settings: { clockSpeed: 1000, callbackTimeoutMs: 30 } });
    expect((await startForTest()).simulator.admin.settings()['callbackTimeoutMs']).toBe(5000);
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    await subscribe(client, `http://127.0.0.1:${(silent.address() as AddressInfo).port}/hook?recordId=`);
    await addContact(client, 'Cal');
    expect(await settled(client, 1)).toMatchObject([{ state: 'failed', statuses: [0] }]);
  });

  it('are disabled after three days of failures in a row', async () => {
    let now = Date.UTC(2026, 5, 1);
    const client = await startForTest({ now: () => now });
    const { url } = await startReceiver(...Array<number>(9).fill(500));
    const id = await subscribe(client, url);
    const inactive = async (): Promise<unknown> => (await client.get(`/system/callbacks/${id}`)).row['inactiveFlag'];
    await addContact(client, 'One');
    await settled(client, 1);
    now += 2 * 86_400_000;
    await addContact(client, 'Two');
    await settled(client, 2);
    expect(await inactive()).toBe(false);
    now += 86_400_000;
    await addContact(client, 'Three');
    await settled(client, 3);
    expect(await inactive()).toBe(true);
    await addContact(client, 'Four');
    expect(client.simulator.admin.deliveries()).toHaveLength(3);
  });

  it.each([
    [{ url: 'nowhere' }, 'InvalidField', 'Invalid URL'],
    [{ level: 'galaxy' }, 'InvalidObject', 'Unrecognized level for type contact: galaxy.'],
  ])('refuse %j', async (more, code, message) => {
    const client = await startForTest();
    const body = { url: 'http://127.0.0.1:9/?id=', type: 'contact', level: 'owner', objectId: 1, ...more };
    const { row } = await client.send('POST', '/system/callbacks', body);
    expect(row['errors']).toMatchObject([{ code, message }]);
  });

  it('refuse a second one that is the same, and make object 0 of "all" a 1', async () => {
    const client = await startForTest();
    const id = await subscribe(client, 'http://127.0.0.1:9/?id=');
    expect((await client.get(`/system/callbacks/${id}`)).row).toMatchObject({ objectId: 1, payloadVersion: '3.0.0' });
    const again = { url: 'http://127.0.0.1:9/?id=', type: 'Contact', level: 'Owner', objectId: 1 };
    const { row } = await client.send('POST', '/system/callbacks', again);
    expect(row['errors']).toMatchObject([
      { code: 'ObjectExists', message: 'A matching callback entry already exists', field: 'objectId' },
    ]);
  });
});
