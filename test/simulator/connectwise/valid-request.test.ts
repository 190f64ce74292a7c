import { describe, expect, it } from 'vitest';
import { someCompany, startForTest, type ApiClient, type Json } from './api-client.ts';
import { assertValidRequest, requestProblems } from './valid-request.ts';
import { operationAt, problems } from './vendor-schema.ts';

/** Writes of every kind that a sync makes. */
async function writeMuch(client: ApiClient): Promise<void> {
  const { send, replace, get } = client;
  const id = (answer: { row: Json }): number => Number(answer.row['id']);
  const company = id(
    await send('POST', '/company/companies', {
      identifier: 'New',
      name: 'New',
      site: { name: 'Main' },
      types: [{ id: 2 }],
    }),
  );
  await replace(`/company/companies/${company}`, { name: 'Newer', status: { id: 2 }, phoneNumber: '555-0100' });
  const type = id(
    await send('POST', `/company/companies/${company}/typeAssociations`, { type: { id: 3 }, company: { id: company } }),
  );
  await send('DELETE', `/company/companies/${company}/typeAssociations/${type}`);
  const site = id(await send('POST', `/company/companies/${company}/sites`, { name: 'Depot', city: 'Tampa' }));
  await replace(`/company/companies/${company}/sites/${site}`, { stateReference: { id: 1 }, country: { id: 1 } });
  const contact = id(
    await send('POST', '/company/contacts', {
      firstName: 'Ann',
      company: { id: company },
      communicationItems: [{ type: { id: 1 }, value: 'ann@new.example', communicationType: 'Email' }],
    }),
  );
  const phones = `/company/contacts/${contact}/communications`;
  const phone = id(await send('POST', phones, { type: { id: 2 }, value: '555-0101', communicationType: 'Phone' }));
  await replace(`${phones}/${phone}`, { value: '555-0102', defaultFlag: true });
  await send('PATCH', `/company/contacts/${contact}`, [
    { op: 'add', path: '/title', value: 'Boss' },
    { op: 'remove', path: 'nickName' },
    { op: 'replace', path: 'communicationItems/0/value', value: 'b@new.example' },
    { op: 'replace', path: 'customFields', value: [] },
  ]);
  await send('DELETE', `${phones}/${phone}`);
  const device = id(
    await send('POST', '/company/configurations', { name: 'PC', type: { id: 1 }, company: { id: company } }),
  );
  await replace(`/company/configurations/${device}`, {
    purchaseDate: '2026-09-15T00:00:00Z',
    contact: { id: contact },
  });
  await send('PATCH', `/company/configurations/${device}/changeType`, [
    { op: 'replace', path: 'type', value: { id: 2 } },
  ]);
  const { row } = await get(`/company/companies/${await someCompany(client)}`);
  const { types: _, _info, ...rest } = row;
  await send('PUT', `/company/companies/${String(row['id'])}`, rest);
  await send('DELETE', `/company/configurations/${device}`);
  await send('DELETE', `/company/contacts/${contact}`);
  await send('DELETE', `/company/companies/${company}`);
}

describe('writes in the log of requests', () => {
  it('and their answers are valid under the vendor’s OpenAPI document', async () => {
    const client = await startForTest({ logBodies: true });
    await writeMuch(client);
    const { requests } = client.simulator.admin.requests();
    for (const request of requests) {
      expect(request.doneStatus, JSON.stringify(request)).toBeLessThan(300);
      expect(() => assertValidRequest(request)).not.toThrow();
      const verb = request.method.toLowerCase();
      const { template = '' } = operationAt(verb, request.path) ?? {};
      expect(problems(verb, template, request.doneStatus ?? 0, request.answerBody)).toEqual([]);
    }
  });

  it.each([
    ['POST', '/company/nothing', {}, 'no such operation'],
    ['POST', '/company/contacts', undefined, 'logBodies'],
    ['POST', '/company/contacts', { firstname: 'x' }, 'must NOT have additional properties'],
    ['POST', '/company/contacts', { firstName: 5 }, 'must be string'],
    ['POST', '/company/contacts', { company: 250 }, 'must be object'],
    ['POST', '/company/companies', { identifier: 'x' }, "must have required property 'name'"],
    ['POST', '/company/companies', { identifier: 'x', name: 'x'.repeat(157) }, 'must NOT have more than 156'],
    ['PATCH', '/company/contacts/1', { op: 'remove', path: 'title' }, 'must be array'],
    ['PATCH', '/company/contacts/1', [{ op: 'test', path: 'title', value: 1 }], 'must be equal to one of'],
    ['PATCH', '/company/contacts/1', [{ op: 'replace', path: 'Title', value: 'x' }], 'Title is not a member'],
    ['PATCH', '/company/contacts/1', [{ op: 'replace', path: 'title', value: 5 }], 'title: must be string'],
    ['PATCH', '/company/contacts/1', [{ op: 'replace', path: 'title' }], 'replace needs a value'],
    [
      'PATCH',
      '/company/contacts/1',
      [{ op: 'add', path: 'communicationItems/0', value: { value: 5 } }],
      '/value must be string',
    ],
    ['PATCH', '/company/configurations/1', [{ op: 'replace', path: 'purchaseDate', value: '2026-09-15' }], 'date-time'],
  ])('%s %s with %j is not', (method, path, requestBody, problem) => {
    const sent = { method, path, requestBody };
    expect(requestProblems(sent)).toEqual([expect.stringContaining(problem)]);
    expect(() => assertValidRequest(sent)).toThrow('is not valid for the vendor');
  });

  it('nor is a query parameter that the document does not know', () => {
    const sent = { method: 'GET', path: '/company/contacts', query: 'pageSize=5&limit=5' };
    expect(requestProblems(sent)).toEqual(['query parameter limit is not in the document']);
  });
});
