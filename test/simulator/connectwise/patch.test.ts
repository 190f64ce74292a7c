import { beforeEach, describe, expect, it } from 'vitest';
import { someCompany, startForTest, type ApiClient, type Answer, type Json } from './api-client.ts';

let client: ApiClient;
let path: string;
const operate = (...operations: Json[]): Promise<Answer> => client.send('PATCH', path, operations);
const values = (row: Json): unknown[] => ((row['communicationItems'] ?? []) as Json[]).map((item) => item['value']);

beforeEach(async () => {
  client = await startForTest();
  const communicationItems = [1, 2, 3].map((n) => ({ type: { id: 4 }, value: `555-010${n}` }));
  const contact = { firstName: 'Pat', lastName: 'Chang', company: { id: 2 }, title: 'Owner', communicationItems };
  const { row } = await client.send('POST', '/company/contacts', contact);
  path = `/company/contacts/${String(row['id'])}`;
});

describe('PATCH', () => {
  it('wants an array', async () => {
    const { status, row } = await client.send('PATCH', path, { op: 'replace', path: 'title', value: 'x' });
    expect(status).toBe(400);
    expect(row['message']).toContain('requires a JSON array');
  });

  it('replaces, adds and removes, with or without a leading slash, and answers the whole record', async () => {
    const { status, row } = await operate(
      { op: 'replace', path: '/title', value: 'CEO' },
      { op: 'add', path: 'nickName', value: 'P' },
      { op: 'remove', path: 'lastName' },
    );
    expect([status, row['firstName'], row['title'], row['nickName']]).toEqual([200, 'Pat', 'CEO', 'P']);
    expect(row).not.toHaveProperty('lastName');
  });

  it('minds the case of paths', async () => {
    const { status, row } = await operate({ op: 'replace', path: 'Title', value: 'CEO' });
    expect([status, row['code']]).toEqual([400, 'InvalidPatch']);
    expect(row['message']).toContain("Could not find member 'Title'");
  });

  it('answers 200 to a path into a reference and changes nothing, unless told to', async () => {
    const { status, row } = await operate({ op: 'replace', path: 'company/id', value: 3 });
    expect([status, (row['company'] as Json)['id']]).toEqual([200, 2]);
    client.simulator.admin.settings({ patchIntoReference: 'apply' });
    const applied = await operate({ op: 'replace', path: 'company/id', value: 3 });
    expect((applied.row['company'] as Json)['id']).toBe(3);
  });

  it('replaces a reference whole, by id as number or text, and clears it by null', async () => {
    const { row } = await operate({ op: 'replace', path: 'company', value: { id: '3' } });
    expect(row['company']).toMatchObject({ id: 3, identifier: 'Catchall' });
    expect((await operate({ op: 'replace', path: 'company', value: null })).row).not.toHaveProperty('company');
  });

  it('refuses a value of the wrong type in words of its own', async () => {
    const { row } = await operate({ op: 'replace', path: 'communicationItems', value: '[]' });
    expect(row).toMatchObject({
      code: 'InvalidPatch',
      message: expect.stringContaining('from System.String') as unknown,
    });
    const flag = await operate({ op: 'replace', path: 'inactiveFlag', value: 'often' });
    expect(flag.row['code']).toBe('InvalidPatch');
  });

  it('turns line breaks of short texts into blanks', async () => {
    const { row } = await operate({ op: 'replace', path: 'userDefinedField1', value: 'a\r\nb\nc' });
    expect(row['userDefinedField1']).toBe('a b c');
  });

  it('refuses to take a required field away, and a wrong lookup', async () => {
    const removed = await operate({ op: 'remove', path: 'firstName' });
    expect(removed.row['errors']).toMatchObject([{ code: 'MissingRequiredField', field: 'firstName' }]);
    const wrong = await operate({ op: 'replace', path: 'department', value: { id: 999 } });
    expect(wrong.row['errors']).toMatchObject([{ code: 'NotFound', field: 'department/id' }]);
  });
});

describe('PATCH of communicationItems', () => {
  it('replaces, appends and removes by index', async () => {
    const { row } = await operate(
      { op: 'replace', path: '/communicationItems/1/value', value: '555-0177' },
      { op: 'add', path: '/communicationItems/3', value: { type: { id: 1 }, value: 'p@a.example', defaultFlag: true } },
      { op: 'remove', path: '/communicationItems/2' },
      { op: 'remove', path: '/communicationItems/0' },
    );
    expect(values(row)).toEqual(['555-0177', 'p@a.example']);
  });

  it('keeps the ids of those it changes', async () => {
    const before = (await client.get(path)).row['communicationItems'] as Json[];
    const { row } = await operate({ op: 'replace', path: 'communicationItems/0/value', value: 'x' });
    expect((row['communicationItems'] as Json[]).map((item) => item['id'])).toEqual(before.map((item) => item['id']));
  });

  it('appends whatever the index, and heeds defaultFlag only at the end', async () => {
    const added = { type: { id: 2 }, value: '555-0188', defaultFlag: true };
    const { row } = await operate({ op: 'add', path: 'communicationItems/0', value: added });
    const last = (row['communicationItems'] as Json[]).at(-1);
    expect([last?.['value'], last?.['defaultFlag']]).toEqual(['555-0188', false]);
    const atEnd = await operate({ op: 'add', path: 'communicationItems/4', value: { ...added, value: '555-0189' } });
    const newest = (atEnd.row['communicationItems'] as Json[]).at(-1);
    expect([newest?.['value'], newest?.['defaultFlag']]).toEqual(['555-0189', true]);
  });

  it('refuses an index outside of the array', async () => {
    expect((await operate({ op: 'remove', path: 'communicationItems/3' })).row['code']).toBe('InvalidPatch');
    expect((await operate({ op: 'add', path: 'communicationItems/9', value: {} })).row['code']).toBe('InvalidPatch');
  });
});

describe('PATCH of custom fields', () => {
  it('changes only those in the array, and an empty array clears nothing', async () => {
    const company = `/company/companies/${await someCompany(client)}`;
    const set = (value: unknown): Promise<Answer> => client.replace(company, { customFields: value });
    await set([{ id: 1, value: 'Gold' }]);
    await set([{ id: 3, value: 12 }]);
    const { row } = await set([]);
    const byId = new Map((row['customFields'] as Json[]).map((field) => [field['id'], field['value']]));
    expect([byId.get(1), byId.get(2), byId.get(3)]).toEqual(['Gold', null, 12]);
  });

  it('can be demanded of every PATCH', async () => {
    client.simulator.admin.settings({ patchNeedsCustomFields: true });
    expect((await operate({ op: 'replace', path: 'title', value: 'x' })).status).toBe(400);
    const both = [
      { op: 'replace', path: 'customFields', value: [] },
      { op: 'replace', path: 'title', value: 'x' },
    ];
    expect((await operate(...both)).status).toBe(200);
  });
});

describe('what is stored already', () => {
  it('is checked again as a whole, so that an old mistake refuses every change', async () => {
    const { rows } = await client.get('/company/companies', { conditions: 'yearEstablished = 0' });
    const company = `/company/companies/${String(rows[0]?.['id'])}`;
    const { status, row } = await client.replace(company, { phoneNumber: '1' });
    expect([status, row['code']]).toEqual([400, 'InvalidObject']);
    expect((row['errors'] as Json[]).map((error) => [error['code'], error['field']])).toEqual([
      ['OutOfRange', 'yearEstablished'],
      ['OutOfRange', 'revenueYear'],
    ]);
    client.simulator.admin.settings({ revalidate: false });
    expect((await client.replace(company, { phoneNumber: '1' })).status).toBe(200);
  });

  it('can make the server stumble over its own dates', async () => {
    client.simulator.admin.settings({ dateTimeErrorCompanyIds: [3] });
    const { status, row } = await client.replace('/company/companies/3', { phoneNumber: '1' });
    expect([status, row['message']]).toEqual([500, 'String was not recognized as a valid DateTime.']);
    expect((await client.replace('/company/companies/2', { phoneNumber: '1' })).status).toBe(200);
  });
});

describe('a PATCH that changes nothing', () => {
  it('moves lastUpdated, or does not, as the settings say', async () => {
    let now = Date.UTC(2026, 5, 1);
    client = await startForTest({ now: () => now });
    const updated = async (): Promise<unknown> => {
      now += 60_000;
      const { row } = await client.get('/company/companies/2');
      const answer = await client.replace('/company/companies/2', { name: row['name'] });
      return (answer.row['_info'] as Json)['lastUpdated'];
    };
    expect(await updated()).toBe('2026-06-01T00:01:00Z');
    client.simulator.admin.settings({ unchangedPatchIsAWrite: false });
    expect(await updated()).toBe('2026-06-01T00:01:00Z');
  });
});
