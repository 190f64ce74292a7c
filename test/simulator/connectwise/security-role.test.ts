import { describe, expect, it } from 'vitest';
import { someCompany, startForTest, type ApiClient } from './api-client.ts';

const LEVELS = ['inquire', 'add', 'edit', 'delete'] as const;
const AREAS = ['companies', 'contacts', 'configurations', 'tableSetup'] as const;
type Level = (typeof LEVELS)[number];
type Area = (typeof AREAS)[number];

const phone = { type: { id: 2 }, value: '555-0100', communicationType: 'Phone' };

/** One request for each thing that an area's level is needed for: path, method, body. */
async function requestsOf(
  { get }: ApiClient,
  company: number,
): Promise<Record<Area, [Level, string, string, unknown][]>> {
  const first = async (path: string, conditions = 'id>0'): Promise<string> =>
    `${path}/${String((await get(path, { conditions, pageSize: '1', orderBy: 'id desc' })).rows[0]?.['id'])}`;
  const contact = await first('/company/contacts');
  const device = await first('/company/configurations');
  const companyPath = `/company/companies/${company}`;
  const edit = [{ op: 'replace', path: 'name', value: 'x' }];
  return {
    companies: [
      ['inquire', 'GET', '/company/companies', undefined],
      ['inquire', 'GET', `${companyPath}/sites/count`, undefined],
      ['add', 'POST', '/company/companies', { identifier: 'x', name: 'x', site: { name: 'x' } }],
      ['add', 'POST', `${companyPath}/sites`, { name: 'x' }],
      ['edit', 'PATCH', companyPath, edit],
      ['edit', 'POST', `${companyPath}/typeAssociations`, { type: { id: 9 }, company: { id: company } }],
      ['edit', 'POST', `${companyPath}/merge`, { toCompanyId: 3 }],
      ['delete', 'DELETE', companyPath, undefined],
    ],
    contacts: [
      ['inquire', 'GET', contact, undefined],
      ['inquire', 'GET', `${contact}/communications`, undefined],
      ['add', 'POST', '/company/contacts', { firstName: 'x' }],
      ['edit', 'PATCH', contact, [{ op: 'replace', path: 'title', value: 'x' }]],
      ['edit', 'POST', `${contact}/communications`, phone],
      ['edit', 'DELETE', `${contact}/communications/1`, undefined],
      ['delete', 'DELETE', contact, undefined],
    ],
    configurations: [
      ['inquire', 'GET', device, undefined],
      ['add', 'POST', '/company/configurations', { name: 'x', type: { id: 1 }, company: { id: company } }],
      ['add', 'POST', '/company/configurations/bulk', []],
      ['edit', 'PATCH', device, edit],
      ['edit', 'PATCH', `${device}/changeType`, [{ op: 'replace', path: 'type', value: { id: 1 } }]],
      ['delete', 'DELETE', device, undefined],
    ],
    tableSetup: [
      ['inquire', 'GET', '/company/companies/types', undefined],
      ['inquire', 'GET', '/system/callbacks', undefined],
      ['add', 'POST', '/procurement/manufacturers', { name: 'x' }],
      ['edit', 'PATCH', '/procurement/manufacturers/1', edit],
      ['delete', 'DELETE', '/company/companies/types/1', undefined],
    ],
  };
}

describe('a security role', () => {
  it.each(AREAS.flatMap((area) => LEVELS.map((level) => [area, level] as const)))(
    'that lacks %s: %s refuses that, and nothing else',
    async (area, missing) => {
      const client = await startForTest();
      const requests = await requestsOf(client, await someCompany(client));
      client.simulator.admin.settings({ role: { [area]: LEVELS.filter((level) => level !== missing) } });
      for (const other of AREAS) {
        for (const [level, method, path, body] of requests[other]) {
          const { status, row } = await client.send(method, path, body);
          const what = `${method} ${path}: ${status}`;
          if (other !== area || level !== missing) expect(status, what).not.toBe(403);
          else {
            expect([status, row], what).toEqual([
              403,
              {
                code: 'Security',
                message: 'You do not have security permission to perform this action.',
                errors: null,
              },
            ]);
          }
        }
      }
      expect((await client.get('/system/info')).status).toBe(200);
    },
  );

  it('that refuses a write leaves the record alone', async () => {
    const client = await startForTest({ settings: { role: { contacts: ['inquire'] } } });
    await client.send('POST', '/company/contacts', { firstName: 'x' });
    await client.send('DELETE', '/company/contacts/40001');
    expect(client.simulator.admin.journal().total).toBe(0);
  });

  it('is whole again after a reset, and knows only its areas and levels', async () => {
    const { simulator } = await startForTest();
    simulator.admin.settings({ role: { contacts: [] } });
    simulator.admin.reset();
    expect(simulator.admin.settings()['role']).toMatchObject({ contacts: [...LEVELS] });
    expect(() => simulator.admin.settings({ role: { contact: [] } })).toThrow('contact');
    expect(() => simulator.admin.settings({ role: { contacts: ['write'] } })).toThrow('Invalid option');
  });
});
