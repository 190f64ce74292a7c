import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ids, startForTest, type ApiClient, type Json } from './api-client.ts';
import { makeWebhook } from './make-webhook.ts';

interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Json;
}

/** A receiver that answers with these statuses in turn, the last one again and again; and a webhook's addresses at it. */
async function startReceiver(...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.push({ url: request.url ?? '', headers: request.headers, text, body: JSON.parse(text) as Json });
      response.writeHead(statuses[received.length - 1] ?? statuses.at(-1) ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { received, addresses: { webhookUrl: `${root}/hook`, deactivationUrl: `${root}/off` } };
}

type Delivery = { state: string; statuses: number[] };

async function settled({ simulator }: ApiClient, count: number): Promise<Delivery[]> {
  for (;;) {
    const deliveries = simulator.admin.deliveries() as Delivery[];
    if (deliveries.length >= count && deliveries.every(({ state }) => state !== 'pending')) return deliveries;
    await sleep(5);
  }
}

const addContact = async (client: ApiClient, more: Json = {}): Promise<number> => {
  const row = { firstName: 'Ada', lastName: 'Lovelace', isActive: 1, emailAddress: 'ada@x.example', ...more };
  return Number((await client.send('POST', '/Companies/0/Contacts', row)).body['itemId']);
};
const changeContact = (client: ApiClient, id: number, more: Json) =>
  client.send('PATCH', '/Companies/0/Contacts', { id, ...more });

const QUICK = { settings: { clockSpeed: 10_000 } };

describe('webhooks', () => {
  it('tell of a row that is made, changed and deleted, in order, with the fields they were told to', async () => {
    const client = await startForTest();
    const { received, addresses } = await startReceiver();
    await makeWebhook(client, 'Contact', addresses);
    const id = await addContact(client, { userDefinedFields: [{ name: 'Badge', value: '7' }] });
    await changeContact(client, id, { firstName: 'Augusta' });
    await changeContact(client, id, { userDefinedFields: [{ name: 'Badge', value: '8' }] });
    await client.send('DELETE', `/Companies/0/Contacts/${id}`);
    await settled(client, 4);
    const always = { emailAddress: 'ada@x.example' };
    const told = { EntityType: 'Contact', Id: id };
    expect(received.map(({ body }) => body)).toMatchObject([
      { ...told, Action: 'Create', SequenceNumber: 1, Fields: { ...always, firstName: 'Ada', Badge: '7' } },
      { ...told, Action: 'Update', SequenceNumber: 2, Fields: { ...always, firstName: 'Augusta' } },
      { ...told, Action: 'Update', SequenceNumber: 3, Fields: { ...always, Badge: '8' } },
      { ...told, Action: 'Delete', SequenceNumber: 4, Fields: { ...always, firstName: 'Augusta', Badge: '8' } },
    ]);
    expect(Object.keys(received[1]?.body['Fields'] as Json)).toEqual(['firstName', 'emailAddress']);
  });

  it('tell of companies and devices by the names of the older API, people’s changes past the API included', async () => {
    const client = await startForTest();
    const { received, addresses } = await startReceiver();
    await makeWebhook(client, 'Company', addresses);
    await makeWebhook(client, 'ConfigurationItem', addresses);
    const [product] = (await client.query('Products')).items;
    const device = { companyID: 0, productID: product?.['id'], isActive: true, serialNumber: 'S1' };
    await client.send('POST', '/ConfigurationItems', device);
    client.simulator.admin.mutate({ seed: 2, insert: 1, collections: ['Companies'] });
    await settled(client, 2);
    const types = received.map(({ body }) => [body['EntityType'], body['Action']]);
    expect(types).toEqual(
      expect.arrayContaining([
        ['InstalledProduct', 'Create'],
        ['Account', 'Create'],
      ]),
    );
    const people = new Set(received.map(({ body }) => body['PersonID']));
    expect(people.size).toBe(2);
  });

  it('are signed over the body, or over the body as .NET writes it', async () => {
    const client = await startForTest();
    const { received, addresses } = await startReceiver();
    await makeWebhook(client, 'Contact', addresses);
    const id = await addContact(client, { firstName: 'Zoë & "Co"' });
    client.simulator.admin.settings({ webhookSignature: 'escaped' });
    await changeContact(client, id, { firstName: 'Zoë & "Co" <1>' });
    await settled(client, 2);
    const [raw, escaped] = received;
    const signed = (text: string) => `sha1=${createHmac('sha1', 'hush').update(text).digest('base64')}`;
    expect(raw?.headers['x-hook-signature']).toBe(signed(raw?.text ?? ''));
    const asDotNet = escaped?.text.replace('Zoë & \\"Co\\" <1>', 'Zo\\u00EB \\u0026 \\u0022Co\\u0022 \\u003C1\\u003E');
    expect(asDotNet).not.toBe(escaped?.text);
    expect(escaped?.headers['x-hook-signature']).toBe(signed(asDotNet ?? ''));
  });

  it('are silent about fields they are not subscribed to, events they were not asked for, and excluded people', async () => {
    const client = await startForTest();
    const { received, addresses } = await startReceiver();
    await makeWebhook(client, 'Contact', { ...addresses, isSubscribedToCreateEvents: false });
    const id = await addContact(client);
    await changeContact(client, id, { title: 'Countess', emailAddress: 'other@x.example' });
    await changeContact(client, id, { firstName: 'Ada' });
    await makeWebhook(client, 'Company', addresses, 'API');
    const [company] = (await client.query('Companies', { op: 'gt', field: 'id', value: 0 })).items;
    await client.send('PATCH', '/Companies', { id: company?.['id'], companyName: 'Mine' });
    expect(client.simulator.admin.deliveries()).toEqual([]);
    await changeContact(client, id, { firstName: 'Grace' });
    await settled(client, 1);
    expect(received).toHaveLength(1);
  });

  it('try again after half a minute until they arrive', async () => {
    const client = await startForTest(QUICK);
    const { received, addresses } = await startReceiver(500, 404, 200);
    await makeWebhook(client, 'Contact', addresses);
    await addContact(client);
    expect(await settled(client, 1)).toMatchObject([{ state: 'delivered', statuses: [500, 404, 200] }]);
    expect(new Set(received.map(({ text }) => text)).size).toBe(1);
  });

  it('give an event up after five tries, and log it', async () => {
    const client = await startForTest(QUICK);
    const { addresses } = await startReceiver(500);
    const { id } = await makeWebhook(client, 'Contact', addresses);
    await addContact(client);
    expect(await settled(client, 1)).toMatchObject([{ state: 'failed', statuses: [500, 500, 500, 500, 500] }]);
    const { items } = await client.query('WebhookEventErrorLogs');
    expect(items).toMatchObject([{ contactWebhookID: id, sequenceNumber: 1 }]);
    expect(JSON.parse(String(items[0]?.['payload']))).toMatchObject({ Action: 'Create' });
  });

  it('are switched off after 25 events in a row that did not arrive, and say so without a signature', async () => {
    const client = await startForTest({ settings: { clockSpeed: 1_000_000 } });
    const { received, addresses } = await startReceiver(500);
    const { id } = await makeWebhook(client, 'Contact', addresses);
    for (let event = 1; event <= 24; event++) await addContact(client);
    await settled(client, 24);
    expect((await client.row('ContactWebhooks', id))['isActive']).toBe(true);
    await addContact(client);
    await settled(client, 26);
    expect((await client.row('ContactWebhooks', id))['isActive']).toBe(false);
    const off = received.find(({ url }) => url === '/off');
    expect(off?.body).toMatchObject({ Action: 'Deactivated' });
    expect(off?.body).not.toHaveProperty('EntityType');
    expect(off?.headers).not.toHaveProperty('x-hook-signature');
    await addContact(client);
    expect(client.simulator.admin.deliveries()).toHaveLength(26);
  });
});

describe('what belongs to a webhook', () => {
  it('makes it ready with its first field that is subscribed, and goes with it', async () => {
    const client = await startForTest();
    const { id, written } = await makeWebhook(client, 'Company');
    const isReady = async () => (await client.row('CompanyWebhooks', id))['isReady'];
    expect(await isReady()).toBe(true);
    const subscribed = written.filter(([, row]) => row['isSubscribedField'] === true);
    for (const [path, row] of subscribed) {
      expect(await isReady()).toBe(true);
      await client.send('DELETE', `${path.replace('{parentId}', String(id))}/${String(row['id'])}`);
    }
    expect(await isReady()).toBe(false);
    expect(ids((await client.query('CompanyWebhookFields')).items)).toHaveLength(1);
    await client.send('DELETE', `/CompanyWebhooks/${id}`);
    expect((await client.query('CompanyWebhookFields')).items).toEqual([]);
  });

  it('is refused where the security level gives no more webhooks, and where an address is none', async () => {
    const client = await startForTest({ settings: { maxWebhooks: 1 } });
    const webhook = { name: 'Mine', webhookUrl: 'nowhere', deactivationUrl: 'http://127.0.0.1:9/', isActive: true };
    expect((await client.send('POST', '/ContactWebhooks', webhook)).errors).toEqual(['webhookUrl is not a valid URL.']);
    await makeWebhook(client, 'Company');
    const { status, errors } = await client.send('POST', '/ContactWebhooks', {
      ...webhook,
      webhookUrl: 'http://x.example/',
    });
    expect([status, errors]).toEqual([500, [expect.stringContaining('adequate permissions to create')]]);
  });
});

it('categories that companies and devices are in are there to look up', async () => {
  const client = await startForTest({ size: 600 });
  for (const [entity, field, categories] of [
    ['Companies', 'companyCategoryID', 'CompanyCategories'],
    ['ConfigurationItems', 'configurationItemCategoryID', 'ConfigurationItemCategories'],
  ] as const) {
    const used = new Set((await client.query(entity)).items.map((row) => row[field]));
    expect([...used].every(Number.isInteger)).toBe(true);
    expect(ids((await client.query(categories)).items)).toEqual(expect.arrayContaining([...used]));
  }
  const { errors } = await client.send('PATCH', '/Companies', { id: 0, companyCategoryID: 99 });
  expect(errors).toEqual([
    'Reference value on field: companyCategoryID of type: CompanyCategory does not exist or is invalid.',
  ]);
  expect((await client.send('POST', '/CompanyCategories', { name: 'Mine' })).status).toBe(405);
});
