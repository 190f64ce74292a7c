import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, newKey, type OperatorShell, operatorShell } from './support.ts';

let shell: OperatorShell;
let simulator: RunningSimulator;

beforeAll(async () => {
  shell = await operatorShell();
  simulator = await testSimulator({ size: 60 });
  await shell.cli('tenant create acme --name Acme');
});

beforeEach(() => void simulator.admin.clearFaults());

const secrets = () => Object.values(simulator.credentials).slice(1, 3);

describe('integration create', () => {
  it('names the option for what it cannot ask, and the fields that are wrong', async () => {
    const missing = await shell.cli('integration create connectwise --address localhost');
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('--company <value>');
    const [line, typed] = connectLine(simulator, '--company a:b');
    const wrong = await shell.cli(line, typed);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('Company id must not hold a colon');
  });

  it('ends with 4 when the PSA refuses the credentials, and stores nothing', async () => {
    const [line] = connectLine(simulator);
    const refused = await shell.cli(line, { stdin: 'wrong\nworse\n' });
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(await shell.json('integration list')).toEqual([]);
  });

  it('ends with 5 when nobody answers there', async () => {
    const [line, typed] = connectLine({ ...simulator, url: 'http://127.0.0.1:1' });
    expect(await shell.cli(line, typed)).toMatchObject({ code: 5, stdout: '' });
  });

  it('names every permission that is missing and who grants it, and stores nothing', async () => {
    simulator.admin.addFaults([{ kind: 'forbidden', path: '/company/configurations' }]);
    const refused = await shell.cli(...connectLine(simulator));
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toContain('may not list configurations.');
    expect(refused.stderr).toContain('Companies > Configurations, Inquire: All');
    expect(await shell.json('integration list')).toEqual([]);
  });

  it('connects, pulls types and statuses un-ticked, switches nothing on, and says what comes next', async () => {
    const [line, typed] = connectLine(simulator, '--key cw');
    const { code, stdout, stderr } = await shell.cli(line, typed);
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('psa-sync type tick') as string,
    });
    for (const secret of secrets()) expect(stdout + stderr).not.toContain(secret);
    expect(await shell.json('settings view')).toMatchObject({
      contactsSync: false,
      twoWay: false,
      fullSyncEveryMinutes: null,
    });
    const types = await shell.json<{ ticked: boolean | null }[]>('type list');
    expect(types.length).toBeGreaterThan(5);
    expect(types.filter(({ ticked }) => ticked)).toEqual([]);
  });

  it('refuses a key that is taken before it asks for anything', async () => {
    const { code, stderr } = await shell.cli('integration create connectwise --key cw');
    expect(code).toBe(2);
    expect(stderr).toContain('psa-sync integration update cw');
  });
});

describe('an integration', () => {
  it('is never shown with its secrets', async () => {
    for (const line of [
      'integration view cw',
      'integration view',
      'integration list',
      'integration list --json',
      'integration view --json',
    ]) {
      const { code, stdout } = await shell.cli(line);
      expect(code).toBe(0);
      expect(stdout).toContain(simulator.url);
      for (const secret of secrets()) expect(stdout).not.toContain(secret);
      expect(stdout).not.toContain('credentials');
    }
  });

  it('is checked with what is stored; a right that was taken away is named, and ends with 4', async () => {
    expect(await shell.json('integration check')).toMatchObject({ integration: 'cw', ok: true, problems: [] });
    simulator.admin.addFaults([{ kind: 'forbidden', path: '/company/contacts' }]);
    const { code, stderr } = await shell.cli('integration check cw');
    expect(code).toBe(4);
    expect(stderr).toContain('Companies > Contacts, Inquire: All');
  });

  it('stops all callers when its credentials are refused, until a check finds them good again', async () => {
    simulator.admin.addFaults([{ kind: 'unauthorized' }]);
    expect(await shell.cli('integration check')).toMatchObject({ code: 4 });
    expect((await shell.cli('integration list')).stdout).toContain('needs credentials');
    const refused = await shell.cli('sync start');
    expect(refused).toMatchObject({ code: 4 });
    expect(refused.stderr).toContain('psa-sync integration update cw --credentials');
    simulator.admin.clearFaults();
    expect(await shell.cli('integration check')).toMatchObject({ code: 0 });
    expect((await shell.cli('integration list')).stdout).toContain('ready');
  });

  it('takes a new address only if it works there, and keeps its secrets', async () => {
    expect(await shell.cli('integration update cw')).toMatchObject({ code: 2 });
    expect(await shell.cli('integration update cw --address http://127.0.0.1:1')).toMatchObject({ code: 5 });
    const { code, stdout, stderr } = await shell.cli(`integration update cw --address ${simulator.apiUrl}`);
    expect(code).toBe(0);
    expect(stdout).toContain(simulator.apiUrl);
    expect(stderr).toContain('stays linked');
    expect(await shell.json('integration check')).toMatchObject({ ok: true });
  });

  it('takes new credentials, even when the old ones can no longer be opened', async () => {
    const environment = { PSA_SYNC_MASTER_KEYS: newKey('k2') };
    const lost = await shell.cli('integration check', { environment });
    expect(lost.code).toBe(1);
    expect(lost.stderr).toContain('master key "k1"');
    const stdin = `${secrets().join('\n')}\n`;
    expect(await shell.cli('integration update cw --credentials', { environment, stdin })).toMatchObject({ code: 0 });
    expect(await shell.cli('integration check', { environment })).toMatchObject({ code: 0 });
    expect(await shell.cli('integration update cw --credentials', { stdin })).toMatchObject({ code: 0 });
  });
});

describe('integration rotate-keys', () => {
  it('seals everything with the first key, after which the old one is not needed', async () => {
    const { PSA_SYNC_MASTER_KEYS: old } = shell.environment;
    const young = newKey('k3');
    const both = { PSA_SYNC_MASTER_KEYS: `${young},${old}` };
    const rotated = await shell.json('integration rotate-keys', { environment: both });
    expect(rotated).toEqual([{ tenant: 'acme', integration: 'cw', resealed: true }]);
    const again = await shell.json('integration rotate-keys', { environment: both });
    expect(again).toEqual([{ tenant: 'acme', integration: 'cw', resealed: false }]);
    expect(await shell.cli('integration check', { environment: { PSA_SYNC_MASTER_KEYS: young } })).toMatchObject({
      code: 0,
    });
    const without = await shell.cli('integration rotate-keys');
    expect(without.code).toBe(1);
    expect(without.stderr).toContain('integration cw: credentials are sealed with master key "k3"');
  });
});
