import { describe, expect, it } from 'vitest';
import { simulatedAutotask } from './simulated-autotask.ts';

const discoveries = (paths: readonly { readonly path: string }[]) =>
  paths.filter(({ path }) => /zoneinformation/iu.test(path)).length;

describe('the zone of a customer', () => {
  it('is looked up once, however much is asked for', async () => {
    const { read, admin } = await simulatedAutotask();
    await Promise.all([read('organization'), read('contact'), read('location')]);
    expect(discoveries(admin.requests().requests)).toBe(1);
  });

  it('is looked up again when the customer was moved, and the same request goes there', async () => {
    const { read, rows, admin } = await simulatedAutotask();
    await read('organization');
    admin.settings({ zone: 'zone28' });
    expect(await read('contact')).toHaveLength(rows('Contacts').length);
  });

  it('is looked up again no more than once when the credentials are refused, and they are told to be wrong', async () => {
    const { connection, admin } = await simulatedAutotask();
    admin.addFaults([{ kind: 'unauthorized', path: '/Companies' }]);
    await expect(connection.check()).rejects.toMatchObject({ code: 'unauthorized', retry: 'never' });
    expect(discoveries(admin.requests().requests)).toBe(2);
  });

  it('of a user that Autotask does not know is refused for good, and nothing else is called wrong', async () => {
    const { connect } = await simulatedAutotask();
    const unknown = connect({}, { userName: 'nobody@example.com' });
    const refused = await unknown.check().catch((error: unknown) => error as Error);
    expect(refused).toMatchObject({ code: 'unauthorized', retry: 'never', scope: 'integration' });
    const { message } = refused as Error;
    expect(message).toMatch(
      /^Autotask does not know the user name \(look up the zone, HTTP 500\): check it.*the address/u,
    );
    expect(message).not.toContain('credentials');
  });

  it('that can not be looked up for now is looked up by the next who asks', async () => {
    const { admin, connection } = await simulatedAutotask();
    admin.addFaults([{ status: 503, retryAfterSeconds: null, path: '/ZoneInformation', count: 1 }]);
    await expect(connection.check()).rejects.toMatchObject({ code: 'server_error', retry: 'backoff' });
    await expect(connection.check()).resolves.toMatchObject({ problems: [] });
  });
});
