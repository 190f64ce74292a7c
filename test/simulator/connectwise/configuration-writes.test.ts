import { describe, expect, it } from 'vitest';
import { ids, someCompany, startForTest, type ApiClient, type Json } from './api-client.ts';
import { problems } from './vendor-schema.ts';

const FIREWALL = 6;
const questionsOf = (row: Json): Json[] => row['questions'] as Json[];

async function created(client: ApiClient, body: Json = {}): Promise<Json> {
  const company = { id: await someCompany(client) };
  const { status, row, text } = await client.send('POST', '/company/configurations', {
    name: 'FW01',
    type: { id: FIREWALL },
    company,
    ...body,
  });
  expect(status, text).toBe(201);
  return row;
}

describe('configurations', () => {
  it('need name, type and company, and take the default status', async () => {
    const client = await startForTest();
    const { row } = await client.send('POST', '/company/configurations', {});
    expect((row['errors'] as Json[]).map((error) => error['field'])).toEqual(['name', 'type', 'company']);
    const made = await created(client);
    expect(problems('post', '/company/configurations', 201, made)).toEqual([]);
    expect(made).toMatchObject({ status: { name: 'Active' }, activeFlag: true, type: { name: 'Firewall' } });
  });

  it('allow a MAC address of 25 characters and no more', async () => {
    const client = await startForTest();
    await created(client, { macAddress: 'AA:BB:CC:DD:EE:FF, 00:11:' });
    const company = { id: await someCompany(client) };
    const body = { name: 'x', type: { id: 1 }, company, macAddress: 'AA:BB:CC:DD:EE:FF, 00:11:2' };
    const { row } = await client.send('POST', '/company/configurations', body);
    expect(row['errors']).toMatchObject([{ code: 'MaxLengthField', field: 'macAddress' }]);
  });

  it('may share name, serial number and MAC address', async () => {
    const client = await startForTest();
    const same = { serialNumber: 'S1', macAddress: 'AA:BB:CC:DD:EE:FF' };
    const [first, second] = [await created(client, same), await created(client, same)];
    expect(first['id']).not.toBe(second['id']);
  });

  it('keep their type in a PATCH without a word, and change it at an address of its own', async () => {
    const client = await startForTest();
    const { id } = await created(client);
    const path = `/company/configurations/${String(id)}`;
    const patched = await client.replace(path, { type: { id: 1 } });
    expect([patched.status, (patched.row['type'] as Json)['id']]).toEqual([200, FIREWALL]);
    const changed = await client.replace(`${path}/changeType`, { type: { id: 1 } });
    expect([changed.status, (changed.row['type'] as Json)['name']]).toEqual([200, 'Workstation']);
  });

  it('have the questions of their type, whose answers are changed with the whole array', async () => {
    const client = await startForTest();
    const made = await created(client);
    expect(questionsOf(made).map((question) => question['question'])).toEqual([
      'Subscription level',
      'VPN users',
      'Public address',
    ]);
    const path = `/company/configurations/${String(made['id'])}`;
    const [first = {}, ...others] = questionsOf(made);
    const { row } = await client.replace(path, { questions: [{ ...first, answer: 'Advanced' }, ...others] });
    expect(questionsOf(row).map((question) => question['answer'])).toEqual(['Advanced', null, null]);
  });

  it('give answers ids that are not those of a question’s values', async () => {
    const client = await startForTest();
    const { questionId, answerId } = questionsOf(await created(client))[0] ?? {};
    const path = `/company/configurations/types/${FIREWALL}/questions/${String(questionId)}/values`;
    expect((await client.get(path)).rows.map((value) => value['value'])).toEqual(['Basic', 'Advanced', 'Enterprise']);
    const { status, row } = await client.get(`${path}/${String(answerId)}`);
    expect([status, row['message']]).toEqual([404, `Configuration Type Question Value ${String(answerId)} not found`]);
  });

  it('refuse to be made while a required question is open', async () => {
    const client = await startForTest();
    const question = {
      fieldType: 'Text',
      entryType: 'EntryField',
      sequenceNumber: 9,
      question: 'Rack?',
      requiredFlag: true,
    };
    const added = await client.send('POST', `/company/configurations/types/${FIREWALL}/questions`, question);
    expect(added.status).toBe(201);
    const company = { id: await someCompany(client) };
    const body = { name: 'FW02', type: { id: FIREWALL }, company };
    expect((await client.send('POST', '/company/configurations', body)).row['errors']).toMatchObject([
      { field: 'questions' },
    ]);
    await created(client, { questions: [{ questionId: added.row['id'], answer: 'B4' }] });
  });

  it('are deleted for good, and their children lose the parent', async () => {
    const client = await startForTest();
    const { id } = await created(client);
    const child = await created(client, { name: 'VM1', parentConfigurationId: id });
    expect((await client.send('DELETE', `/company/configurations/${String(id)}`)).status).toBe(204);
    expect((await client.get(`/company/configurations/${String(id)}`)).status).toBe(404);
    const after = await client.get(`/company/configurations/${String(child['id'])}`);
    expect(after.row).not.toHaveProperty('parentConfigurationId');
  });

  it('come in bulk, each with its own result', async () => {
    const client = await startForTest();
    const company = { id: await someCompany(client) };
    const good = { name: 'B1', type: { id: 1 }, company };
    const posted = await client.send('POST', '/company/configurations/bulk', [good, { name: 'B2' }]);
    const results = posted.row['payload'] as Json[];
    expect([posted.status, results.map((result) => [result['success'], result['statusCode']])]).toEqual([
      207,
      [
        [true, 201],
        [false, 400],
      ],
    ]);
    const { id } = results[0]?.['data'] as Json;
    const put = await client.send('PUT', '/company/configurations/bulk', [{ ...good, id, name: 'B3' }]);
    expect((put.row['payload'] as Json[])[0]).toMatchObject({ success: true, statusCode: 200 });
    const removed = await client.send('DELETE', '/company/configurations/bulk', [id, 999]);
    expect(problems('delete', '/company/configurations/bulk', 207, removed.row)).toEqual([]);
    expect((removed.row['payload'] as Json[]).map((result) => result['success'])).toEqual([true, false]);
  });
});

describe('sites', () => {
  it('are unique by name in a company, and one of them is the primary one', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    const path = `/company/companies/${id}/sites`;
    const { status, row } = await client.send('POST', path, { name: 'Depot', city: 'Ocala' });
    expect([status, problems('post', '/company/companies/{parentId}/sites', 201, row)]).toEqual([201, []]);
    expect((await client.send('POST', path, { name: 'depot' })).row['errors']).toMatchObject([
      { code: 'ObjectExists' },
    ]);

    const moved = await client.replace(`${path}/${String(row['id'])}`, { primaryAddressFlag: true });
    expect(moved.row['primaryAddressFlag']).toBe(true);
    const primary = (await client.get(path, { conditions: 'primaryAddressFlag=true' })).rows;
    expect(ids(primary)).toEqual([row['id']]);
    expect((await client.get(`/company/companies/${id}`)).row).toMatchObject({
      city: 'Ocala',
      site: { id: row['id'] },
    });
    const kept = await client.replace(`${path}/${String(row['id'])}`, { primaryAddressFlag: false });
    expect(kept.row['primaryAddressFlag']).toBe(true);
  });

  it('belong to their company only', async () => {
    const client = await startForTest();
    const foreign = (await client.get('/company/companies/2/sites')).rows[0]?.['id'];
    const { status, row } = await client.get(`/company/companies/3/sites/${String(foreign)}`);
    expect([status, row['message']]).toEqual([404, `Site ${String(foreign)} not found`]);
    expect((await client.get('/company/companies/99/sites')).row['message']).toBe('Company 99 not found');
  });

  it('are deleted unless they are the primary one or in use', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    const path = `/company/companies/${id}/sites`;
    const primary = (await client.get(path, { conditions: 'primaryAddressFlag=true' })).rows[0]?.['id'];
    expect((await client.send('DELETE', `${path}/${String(primary)}`)).status).toBe(409);
    const { row } = await client.send('POST', path, { name: 'Short-lived' });
    const contact = { firstName: 'Sid', company: { id }, site: { id: row['id'] } };
    const user = await client.send('POST', '/company/contacts', contact);
    expect((await client.send('DELETE', `${path}/${String(row['id'])}`)).status).toBe(409);
    await client.send('DELETE', `/company/contacts/${String(user.row['id'])}`);
    expect((await client.send('DELETE', `${path}/${String(row['id'])}`)).status).toBe(204);
  });
});

describe('lookups', () => {
  it('can be extended, name their uses, and stay while they are used', async () => {
    const client = await startForTest();
    const { status, row } = await client.send('POST', '/procurement/manufacturers', { name: 'Zyxel' });
    expect([status, row['name']]).toEqual([201, 'Zyxel']);
    const device = await created(client, { manufacturer: { name: 'zyxel' } });
    const path = `/procurement/manufacturers/${String(row['id'])}`;
    expect((await client.send('DELETE', path)).status).toBe(409);
    await client.replace(`/company/configurations/${String(device['id'])}`, { manufacturer: { name: 'Dell' } });
    expect((await client.send('DELETE', path)).status).toBe(204);
    const uses = await client.get('/company/companies/statuses/1/usages');
    expect(uses.rows).toMatchObject([{ type: 'Company' }]);
  });

  it('of communications must be of at least one kind', async () => {
    const client = await startForTest();
    const { row } = await client.send('POST', '/company/communicationTypes', { description: 'Smoke' });
    expect(row['errors']).toMatchObject([{ code: 'InvalidField', field: 'phoneFlag' }]);
  });

  it('of configurations are copied with their questions', async () => {
    const client = await startForTest();
    const copied = await client.send('POST', '/company/configurations/types/copy', { id: FIREWALL, name: 'Router' });
    expect(problems('post', '/company/configurations/types/copy', copied.status, copied.row)).toEqual([]);
    const { rows } = await client.get(`/company/configurations/types/${String(copied.row['id'])}/questions`);
    expect(rows).toHaveLength(3);
  });

  it('call their label name or description as the vendor mixes them', async () => {
    const { get } = await startForTest();
    const labelOf = async (path: string): Promise<unknown> => Object.keys((await get(`${path}/1`)).row)[1];
    expect(await labelOf('/company/companies/types')).toBe('name');
    expect(await labelOf('/company/contacts/types')).toBe('description');
    expect(await labelOf('/company/configurations/statuses')).toBe('description');
    expect(await labelOf('/company/communicationTypes')).toBe('description');
  });
});
