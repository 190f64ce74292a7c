import { describe, expect, it } from 'vitest';
import { someCompany, startForTest, type ApiClient, type Json } from './api-client.ts';
import { problems } from './vendor-schema.ts';

const EMAIL = { id: 1 };
const DIRECT = { id: 2 };
const CELL = { id: 4 };

const items = (row: Json): Json[] => (row['communicationItems'] ?? []) as Json[];
const shown = (row: Json): unknown[] => items(row).map((item) => [item['value'], item['defaultFlag']]);

async function created(client: ApiClient, body: Json): Promise<Json> {
  const { status, row, text } = await client.send('POST', '/company/contacts', body);
  expect(status, text).toBe(201);
  return row;
}

describe('creating a contact', () => {
  it('needs a first name and nothing else', async () => {
    const client = await startForTest();
    const { status, row } = await client.send('POST', '/company/contacts', { lastName: 'Only' });
    expect([status, row]).toEqual([
      400,
      {
        code: 'InvalidObject',
        message: 'contact object is invalid',
        errors: [
          {
            code: 'MissingRequiredField',
            message: 'The firstName field is required.',
            resource: 'contact',
            field: 'firstName',
          },
        ],
      },
    ]);
    const contact = await created(client, { firstName: 'Cher' });
    expect(problems('post', '/company/contacts', 201, contact)).toEqual([]);
    expect(contact).not.toHaveProperty('company');
    expect(contact).not.toHaveProperty('communicationItems');
  });

  it('refuses the same name and address within a company unless duplicates are to be ignored', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    const body = {
      firstName: 'Ann',
      lastName: 'Twin',
      company: { id },
      communicationItems: [{ type: EMAIL, value: 'ann@twin.example' }],
    };
    await created(client, body);
    const { status, row } = await client.send('POST', '/company/contacts', { ...body, firstName: 'ANN' });
    expect([status, row['code']]).toEqual([400, 'ContactApi']);
    expect(row['message']).toContain('duplicate contact');
    const second = await created(client, { ...body, ignoreDuplicates: true });
    expect(second['ignoreDuplicates']).toBe(true);
    const path = `/company/contacts/${String(second['id'])}`;
    await client.send('PATCH', path, [{ op: 'remove', path: 'ignoreDuplicates' }]);
    expect((await client.get(path)).row['ignoreDuplicates']).toBe(true);
  });

  it('takes communications inline and gives each kind one default', async () => {
    const client = await startForTest();
    const contact = await created(client, {
      firstName: 'Bo',
      communicationItems: [
        { type: EMAIL, value: 'bo@example.com', communicationType: 'Email' },
        { type: DIRECT, value: '813 555 0100', extension: '12' },
        { type: CELL, value: '813 555 0199', defaultFlag: true },
      ],
    });
    expect(shown(contact)).toEqual([
      ['bo@example.com', true],
      ['813 555 0100', false],
      ['813 555 0199', true],
    ]);
    expect(items(contact)[0]).toMatchObject({ domain: '@example.com', communicationType: 'Email' });
    expect(contact).toMatchObject({ defaultPhoneType: 'Cell', defaultPhoneNbr: '813 555 0199' });
  });

  it('refuses a communication whose type is of another kind', async () => {
    const client = await startForTest();
    const wrong = [{ type: EMAIL, value: '813', communicationType: 'Phone' }];
    const { row } = await client.send('POST', '/company/contacts', { firstName: 'Bo', communicationItems: wrong });
    expect(row['errors']).toMatchObject([{ code: 'InvalidField', field: 'communicationType' }]);
  });

  it('refuses the site of another company', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    const foreign = (await client.get('/company/companies/2/sites')).rows[0]?.['id'];
    const body = { firstName: 'Bo', company: { id }, site: { id: foreign } };
    expect((await client.send('POST', '/company/contacts', body)).row['errors']).toMatchObject([{ field: 'site' }]);
    const named = await created(client, { ...body, company: { identifier: 'acmeit' } });
    expect(named).toMatchObject({ company: { id: 2 }, site: { id: foreign } });
  });
});

describe('reading a contact whose references are not set', () => {
  it.each([
    ['recorded', {}, undefined],
    ['absent', undefined, undefined],
    ['null', null, null],
    ['object', {}, {}],
  ])('shows them as %s traffic or settings have it', async (emptyReferences, site, department) => {
    const client = await startForTest({ settings: { emptyReferences } });
    const contact = await created(client, { firstName: 'Solo' });
    expect([contact['site'], contact['department']]).toEqual([site, department]);
  });
});

describe('communications', () => {
  it('are a resource of their own, where a new default turns the old one off', async () => {
    const client = await startForTest();
    const contact = await created(client, {
      firstName: 'Di',
      communicationItems: [{ type: EMAIL, value: 'di@a.example' }],
    });
    const path = `/company/contacts/${String(contact['id'])}/communications`;
    const second = { type: EMAIL, value: 'di@b.example', communicationType: 'Email', defaultFlag: true };
    const { status, row } = await client.send('POST', path, second);
    expect([status, problems('post', '/company/contacts/{parentId}/communications', 201, row)]).toEqual([201, []]);
    expect(row).toMatchObject({ contactId: contact['id'], domain: '@b.example', defaultFlag: true });
    expect(shown((await client.get(`/company/contacts/${String(contact['id'])}`)).row)).toEqual([
      ['di@a.example', false],
      ['di@b.example', true],
    ]);
    expect((await client.send('DELETE', `${path}/${String(row['id'])}`)).status).toBe(204);
    expect((await client.get(path)).rows).toMatchObject([{ value: 'di@a.example', defaultFlag: true }]);
  });

  it('move lastUpdated of their contact unless told otherwise', async () => {
    let now = Date.UTC(2026, 5, 1);
    const client = await startForTest({ now: () => now });
    const contact = await created(client, { firstName: 'Di' });
    const path = `/company/contacts/${String(contact['id'])}`;
    const updatedAfter = async (value: string): Promise<unknown> => {
      now += 60_000;
      await client.send('POST', `${path}/communications`, { type: CELL, value });
      return ((await client.get(path)).row['_info'] as Json)['lastUpdated'];
    };
    expect(await updatedAfter('1')).toBe('2026-06-01T00:01:00Z');
    client.simulator.admin.settings({ partsTouchParent: false });
    expect(await updatedAfter('2')).toBe('2026-06-01T00:01:00Z');
  });
});

describe('the default contact', () => {
  it('has two ends that are kept together', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    const first = await created(client, { firstName: 'One', company: { id }, defaultFlag: true });
    const second = await created(client, { firstName: 'Two', company: { id } });
    const defaultOf = async (): Promise<unknown> =>
      ((await client.get(`/company/companies/${id}`)).row['defaultContact'] as Json)['id'];
    expect(await defaultOf()).toBe(first['id']);
    await client.replace(`/company/companies/${id}`, { defaultContact: { id: second['id'] } });
    const flag = async (contact: Json): Promise<unknown> =>
      (await client.get(`/company/contacts/${String(contact['id'])}`)).row['defaultFlag'];
    expect([await flag(first), await flag(second)]).toEqual([false, true]);
    await client.replace(`/company/contacts/${String(first['id'])}`, { defaultFlag: true });
    expect(await defaultOf()).toBe(first['id']);
  });
});

describe('removing a contact', () => {
  it('is for good, with its communications, and clears references to it', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    const contact = await created(client, { firstName: 'Gone', company: { id }, defaultFlag: true });
    const device = { name: 'PC1', type: { id: 1 }, company: { id }, contact: { id: contact['id'] } };
    const configuration = await client.send('POST', '/company/configurations', device);
    const path = `/company/contacts/${String(contact['id'])}`;
    expect((await client.send('DELETE', path)).status).toBe(204);
    const { status, row } = await client.get(path);
    expect([status, row]).toEqual([
      404,
      { code: 'NotFound', message: `Contact ${String(contact['id'])} not found`, errors: null },
    ]);
    const after = await client.get(`/company/configurations/${String(configuration.row['id'])}`);
    expect(after.row).not.toHaveProperty('contact');
    expect((await client.get(`/company/companies/${id}`)).row).not.toHaveProperty('defaultContact');
  });

  it('can hand its devices to another contact', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    const gone = await created(client, { firstName: 'Gone', company: { id } });
    const heir = await created(client, { firstName: 'Heir', company: { id } });
    const device = { name: 'PC1', type: { id: 1 }, company: { id }, contact: { id: gone['id'] } };
    const { row } = await client.send('POST', '/company/configurations', device);
    await client.send('DELETE', `/company/contacts/${String(gone['id'])}?transferContactId=${String(heir['id'])}`);
    const after = await client.get(`/company/configurations/${String(row['id'])}`);
    expect(after.row['contact']).toMatchObject({ id: heir['id'], name: 'Heir' });
  });
});
