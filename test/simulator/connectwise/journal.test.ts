import { describe, expect, it } from 'vitest';
import type { JournalEntry, JournalSummary } from '../../../simulator/journal.ts';
import { someCompany, startForTest, type ApiClient } from './api-client.ts';

async function journal(client: ApiClient, query = ''): Promise<JournalSummary> {
  const response = await fetch(`${client.simulator.url}/__simulator/journal${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as JournalSummary;
}

const brief = ({ cause, action, collection, id, changed }: JournalEntry): unknown[] => [
  cause,
  action,
  collection,
  id,
  Object.keys(changed).toSorted(),
];

const phone = { type: { id: 2 }, value: '555-0100', communicationType: 'Phone', defaultFlag: true };

describe('the journal of writes', () => {
  it('tells which request changed what, from what to what', async () => {
    const client = await startForTest();
    const before = (await client.get('/company/companies/3')).row;
    await client.replace('/company/companies/3', { phoneNumber: '555-0101', status: { id: 2 } });
    const { total, entries } = await journal(client);
    expect(total).toBe(1);
    expect(entries).toEqual([
      {
        number: 1,
        atMs: expect.any(Number) as number,
        cause: 'request',
        request: 2,
        method: 'PATCH',
        path: '/company/companies/3',
        collection: 'companies',
        id: 3,
        action: 'updated',
        changed: {
          phoneNumber: { ...('phoneNumber' in before && { from: before['phoneNumber'] }), to: '555-0101' },
          status: { from: { id: (before['status'] as { id: number }).id }, to: { id: 2 } },
        },
      },
    ]);
  });

  it('counts every write of a record, those that change nothing included', async () => {
    const client = await startForTest();
    for (let n = 0; n < 3; n++) await client.replace('/company/companies/3', { phoneNumber: '555-0101' });
    const { entries } = await journal(client, '?collection=companies&id=3&cause=request');
    expect(entries.map(({ changed }) => Object.keys(changed))).toEqual([['phoneNumber'], [], []]);
    client.simulator.admin.settings({ unchangedPatchIsAWrite: false });
    await client.replace('/company/companies/3', { phoneNumber: '555-0101' });
    expect((await journal(client)).total).toBe(3);
  });

  it('tells the record that was asked for from those that had to follow', async () => {
    const client = await startForTest();
    const body = { identifier: 'Once', name: 'Once', site: { name: 'Main' } };
    const company = Number((await client.send('POST', '/company/companies', body)).row['id']);
    const { entries } = await journal(client, '?action=added');
    expect(entries.map(({ cause, collection, request }) => [cause, collection, request])).toEqual([
      ['request', 'companies', 1],
      ['consequence', 'sites', 1],
      ['consequence', 'companyTypeAssociations', 1],
    ]);
    expect(entries[0]).toMatchObject({ id: company, changed: { identifier: { to: 'Once' } } });
  });

  it('finds a sub-resource that was made twice because an answer was lost', async () => {
    const client = await startForTest();
    const contact = Number((await client.send('POST', '/company/contacts', { firstName: 'Twice' })).row['id']);
    const path = `/company/contacts/${contact}/communications`;
    await fetch(`${client.simulator.url}/__simulator/journal`, { method: 'DELETE' });
    client.simulator.admin.addFaults([{ kind: 'lost-answer', method: 'POST', count: 1 }]);
    await expect(client.send('POST', path, phone)).rejects.toThrow();
    await client.send('POST', path, phone);
    const { entries } = await journal(client, '?collection=communications&action=added');
    expect(entries.map(({ cause, changed }) => [cause, changed['contactId']?.to, changed['value']?.to])).toEqual([
      ['request', contact, '555-0100'],
      ['request', contact, '555-0100'],
    ]);
    // The old default gave way, and the contact was touched.
    const followed = await journal(client, '?cause=consequence');
    expect(followed.entries.map(brief)).toEqual([
      ['consequence', 'updated', 'contacts', contact, []],
      ['consequence', 'updated', 'communications', entries[0]?.id, ['defaultFlag']],
      ['consequence', 'updated', 'contacts', contact, []],
    ]);
  });

  it('holds nothing for what was refused, failed or never done', async () => {
    const client = await startForTest();
    client.simulator.admin.addFaults([
      { kind: 'drop', method: 'POST', count: 1 },
      { status: 500, method: 'POST', count: 1 },
    ]);
    await expect(client.send('POST', '/company/contacts', { firstName: 'x' })).rejects.toThrow();
    await client.send('POST', '/company/contacts', { firstName: 'x' });
    await client.send('POST', '/company/contacts', { lastName: 'x' });
    await client.get('/company/contacts');
    expect(await journal(client)).toEqual({ total: 0, entries: [] });
  });

  it('names each record of a bulk request, a deletion, and a company whose deletion is soft', async () => {
    const client = await startForTest();
    const company = { id: await someCompany(client) };
    const rows = ['A', 'B'].map((name) => ({ name, type: { id: 1 }, company }));
    const { row } = await client.send('POST', '/company/configurations/bulk', rows);
    const [a, b] = (row['payload'] as { data: { id: number } }[]).map(({ data }) => data.id);
    await client.send('DELETE', `/company/configurations/${a}`);
    await client.send('DELETE', `/company/companies/${company.id}`);
    const { entries } = await journal(client, '?cause=request');
    expect(entries.map(({ action, collection, id }) => [action, collection, id])).toEqual([
      ['added', 'configurations', a],
      ['added', 'configurations', b],
      ['deleted', 'configurations', a],
      ['updated', 'companies', company.id],
    ]);
    expect(entries.at(-1)?.changed['deletedFlag']).toEqual({ from: false, to: true });
  });

  it('keeps apart what people at the MSP did, goes on after a number, and is empty after a reset', async () => {
    const client = await startForTest();
    client.simulator.admin.mutate({ seed: 2, change: 2, collections: ['contacts'] });
    client.simulator.admin.putRows('companies', [{ id: 3, name: 'Raw' }]);
    await client.replace('/company/companies/3', { name: 'Asked for' });
    const all = await journal(client);
    expect(all.entries.map(({ cause }) => cause)).toEqual(['admin', 'admin', 'admin', 'request']);
    expect(all.entries[2]).toMatchObject({ changed: { name: { to: 'Raw' } } });
    expect(all.entries[2]).not.toHaveProperty('request');
    expect((await journal(client, '?after=3')).entries).toEqual(all.entries.slice(3));
    expect((await journal(client, '?limit=1')).entries).toEqual(all.entries.slice(3));
    client.simulator.admin.reset();
    expect(await journal(client)).toEqual({ total: 0, entries: [] });
  });

  it('explains what it can’t be asked', async () => {
    const client = await startForTest();
    const response = await fetch(`${client.simulator.url}/__simulator/journal?cause=fate`);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('cause')]);
  });
});
