import { describe, expect, it } from 'vitest';
import { scriptedConnectWise } from '../support/scripted-connectwise.ts';
import { simulatedConnectWise, type Row } from '../support/simulated-connectwise.ts';

/** Where each list comes from and what the vendor calls its label there. */
const LISTS = [
  ['organization_type', 'companyTypes', 'name'],
  ['organization_status', 'companyStatuses', 'name'],
  ['configuration_type', 'configurationTypes', 'name'],
  ['configuration_status', 'configurationStatuses', 'description'],
  ['contact_type', 'contactTypes', 'description'],
] as const;

describe('types and statuses of ConnectWise', () => {
  it.each(LISTS)('%s is all of %s, by their %s', async (list, collection, label) => {
    const { connection, rows } = await simulatedConnectWise();
    const ours = (await connection.lookups()).filter((row) => row.list === list);
    const theirs = (row: Row) => ({
      list,
      psaId: String(row.id),
      name: row[label],
      inactive: row['inactiveFlag'] === true,
    });
    expect(ours).toEqual(rows(collection).map(theirs));
    expect(ours.length).toBeGreaterThan(0);
  });

  it('take one request a list', async () => {
    const { connection, newRequests } = await simulatedConnectWise();
    await connection.lookups();
    expect(newRequests()).toHaveLength(LISTS.length);
  });

  it('are read to the end where a list is longer than a page', async () => {
    const types = Array.from({ length: 1_500 }, (_, index) => ({ id: index + 1, name: `Type ${index}` }));
    const { connection } = await scriptedConnectWise(
      (path, query) => {
        if (!path.endsWith('/companies/types')) return { body: [] };
        const after = Number(query.get('pageId') ?? 0);
        const link = after === 0 ? '<http://x/?pageId=1000>; rel="next"' : '';
        return { headers: { link }, body: types.slice(after, after + 1_000) };
      },
      { address: '/v2025_1/apis/3.0' },
    );
    expect(await connection.lookups()).toHaveLength(1_500);
  });

  it('are refused as a whole when a row can not be read, so that nothing is unticked by mistake', async () => {
    const { connection } = await scriptedConnectWise(
      (path) => ({ body: path.endsWith('/contacts/types') ? [{ id: 1, description: 5 }] : [] }),
      { address: '/v2025_1/apis/3.0' },
    );
    await expect(connection.lookups()).rejects.toMatchObject({ code: 'bad_answer', scope: 'integration' });
  });

  it('name the right that is missing', async () => {
    const { connection, admin } = await simulatedConnectWise();
    admin.addFaults([{ kind: 'forbidden', path: '/company/contacts/types' }]);
    await expect(connection.lookups()).rejects.toThrow(
      'list contact types (HTTP 403): the security role of the API member needs System > Table Setup',
    );
  });
});
