import { describe, expect, it } from 'vitest';
import { withAllRights } from '../../activities/with-all-rights.ts';
import { simulatedConnectWise } from '../psa/support/simulated-connectwise.ts';

const { signal } = new AbortController();

async function readWithout(...paths: string[]) {
  const { connection, admin } = await simulatedConnectWise();
  admin.addFaults(paths.map((path) => ({ kind: 'forbidden', path: `^${path}$` })));
  return withAllRights(connection, signal, () => connection.lookups(signal));
}

describe('a sync whose role lacks rights', () => {
  it('names all that are missing, of lists too that it had not come to', async () => {
    const failed = readWithout('/company/companies/types', '/company/contacts', '/company/configurations');
    await expect(failed).rejects.toMatchObject({
      code: 'forbidden',
      retry: 'never',
      message: expect.stringMatching(
        /may not list contacts\. .*Contacts.*may not list configurations\. .*may not list company types\. .*Table Setup/,
      ) as string,
    });
  });

  it('tells of a single one as the PSA told it', async () => {
    await expect(readWithout('/company/companies/types')).rejects.toThrow(
      'ConnectWise does not allow to list company types (HTTP 403): the security role of the API member needs System > Table Setup',
    );
  });

  it('fails with the first where the PSA does not answer for the others', async () => {
    const { connection, admin } = await simulatedConnectWise();
    admin.addFaults([
      { kind: 'forbidden', path: '^/company/companies/types$' },
      { status: 503, path: '^/system/info$' },
    ]);
    const failed = withAllRights(connection, signal, () => connection.lookups(signal));
    await expect(failed).rejects.toThrow('list company types');
  });
});
