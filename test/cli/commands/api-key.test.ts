import { userInfo } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashKey } from '../../../db/api-keys/api-key.ts';
import { findKey } from '../../../db/api-keys/find-key.ts';
import { type OperatorShell, operatorShell } from './support.ts';

let shell: OperatorShell;

beforeAll(async () => {
  shell = await operatorShell();
  await shell.cli('tenant create acme --name "Acme IT"');
});

interface Made {
  readonly id: number;
  readonly key: string;
}

const create = (more: string) => shell.json<Made>(`api-key create ${more}`);
const holder = (key: string) => findKey(shell.database, hashKey(key));

describe('api-key', () => {
  it.each([
    ['--name "Ada Lovelace"', { name: 'Ada Lovelace', scope: 'write', origin: 'edit' }],
    ['--name reports --read-only', { name: 'reports', scope: 'read', origin: 'edit' }],
    ['--name filling-in --import', { name: 'filling-in', scope: 'write', origin: 'import' }],
  ])('create %s makes a key that works', async (more, rights) => {
    expect(await holder((await create(more)).key)).toMatchObject({ tenantKey: 'acme', ...rights });
  });

  it('create shows the key once; list never does', async () => {
    const { stdout, stderr } = await shell.cli('api-key create --name shown');
    const [key = ''] = /psk_[\w-]{43}/.exec(stdout) ?? [];
    expect(key).not.toBe('');
    expect(stderr).toContain('shown this once');
    const listed = await shell.cli('api-key list --all');
    expect(listed.stdout).toContain(key.slice(0, 12));
    for (const { stdout: shown } of [listed, await shell.cli('api-key list --all --json')]) {
      expect(shown).not.toContain(key);
      expect(shown).not.toContain(hashKey(key));
    }
  });

  it('list says who made a key and what it may', async () => {
    const { id } = await create('--name listed --read-only');
    const keys = await shell.json<Record<string, unknown>[]>('api-key list');
    expect(keys.find((one) => one['id'] === id)).toMatchObject({ scope: 'read', createdBy: userInfo().username });
  });

  it('rotate gives a new key with the same rights, and leaves the old one the overlap', async () => {
    const old = await create('--name rotated --import');
    const made = await shell.json<Made>(`api-key rotate ${old.id} --overlap 2h`);
    expect(await holder(made.key)).toMatchObject({ name: 'rotated', scope: 'write', origin: 'import', endsAtMs: null });
    expect((await holder(old.key))?.endsAtMs).toBeGreaterThan(Date.now() + 119 * 60_000);
  });

  it('revoke ends a key, and list shows it with --all only', async () => {
    const { id, key } = await create('--name revoked');
    expect((await shell.cli(`api-key revoke ${id}`)).code).toBe(0);
    expect(await holder(key)).toBeNull();
    expect((await shell.cli('api-key list')).stdout).not.toContain('revoked');
    const ended = await shell.json<Record<string, unknown>[]>('api-key list --all');
    expect(ended.find((one) => one['id'] === id)).toMatchObject({ revokedBy: userInfo().username });
    expect(await shell.cli(`api-key revoke ${id}`)).toMatchObject({ code: 1 });
  });

  it.each([
    ['api-key create', '--name'],
    ['api-key create --name ""', '1 to 100 characters'],
    ['api-key create --name x --read-only --import', 'cannot be used with'],
    ['api-key rotate 1 --overlap soon', '30m, 4h or 7d'],
    ['api-key rotate 1 --overlap 91d', 'at most 90d'],
  ])('%s is refused as usage', async (line, says) => {
    const { code, stderr } = await shell.cli(line);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});
