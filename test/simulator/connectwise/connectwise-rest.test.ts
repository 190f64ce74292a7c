import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startForTest } from './api-client.ts';

const CLIENT = fileURLToPath(new URL('./connectwise-rest-client.mjs', import.meta.url));

describe('the npm client connectwise-rest, which is not ours', () => {
  it('works unmodified over TLS: pages, reads, creates, patches, deletes', async () => {
    const { simulator } = await startForTest({ tls: true, size: 200 });
    const count = simulator.admin.counts()['contacts'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [CLIENT, JSON.stringify({ url: simulator.url, ...simulator.credentials })],
      { env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: simulator.caFile } },
    );
    const result = JSON.parse(stdout) as { contacts: number[] };
    expect(result).toMatchObject({
      version: 'v2025.1.10451',
      first: { id: 3, name: 'Catchall' },
      company2: 'AcmeIT',
      created: { firstName: 'Rest', companyId: 2, email: 'rest@example.com' },
      patched: 'CTO',
      gone: 404,
    });
    expect(new Set(result.contacts).size).toBe(count);
  });
});
