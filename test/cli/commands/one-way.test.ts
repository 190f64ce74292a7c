import { beforeAll, describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { testSimulator } from '../../support/sync.ts';
import { type OwnCaller, ownApi } from '../../client/http/own-api.ts';
import { tigerpaw } from '../../psa/contract/subjects/tigerpaw.ts';
import { type OperatorShell, operatorShell, shellWorker } from './support.ts';

/** A PSA that takes no writes, synced once, with contacts. */
let shell: OperatorShell;
let simulator: RunningSimulator;
let caller: OwnCaller;

beforeAll(async () => {
  shell = await operatorShell();
  simulator = await testSimulator({ size: 200 }, tigerpaw);
  await shellWorker(shell);
  const { publicKey, privateKey } = simulator.credentials;
  await shell.cli('tenant create acme --name Acme');
  const line = `integration create tigerpaw --address ${simulator.url} --key tp`;
  const connected = await shell.cli(line, { stdin: `${publicKey}\n${privateKey}\n` });
  if (connected.code !== 0) throw new Error(connected.stderr);
  for (const command of [
    'type tick --kind organization --all',
    'status tick --kind organization --all',
    'settings set contacts-sync=on',
    'sync start --watch',
  ]) {
    const done = await shell.cli(command);
    if (done.code !== 0) throw new Error(`${command}: ${done.stderr}`);
  }
  const { database } = shell;
  const [tenant] = await shell.json<{ id: string }[]>('tenant list');
  caller = await (await ownApi({ database })).caller(String(tenant!.id));
});

const writes = () =>
  simulator.admin.requests().requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'));

describe('a PSA that takes no writes', () => {
  it('is read: organizations, contacts, and their addresses as locations', async () => {
    for (const kind of ['organization', 'location', 'contact'])
      expect(await shell.json<unknown[]>(`record list --kind ${kind}`), kind).not.toEqual([]);
  });

  it('can not be synced two-way: the command line says why, and what to do instead', async () => {
    const refused = await shell.cli('settings set two-way=on');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('Tigerpaw takes no writes, so two-way sync of tp stays off.');
    expect(refused.stderr).toContain('Change what comes from it over there');
    expect(await shell.json('settings view')).toMatchObject({ twoWay: false });
  });

  it('can not be synced two-way: the API says why, and what to do instead', async () => {
    const [integration] = (await caller.get('/integrations')).body.data!;
    const path = `/integrations/${integration!.id}/sync_settings`;
    const { status, body } = await caller.patch(path, { attributes: { 'enable-two-way-sync': true } });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      {
        detail: expect.stringMatching(/^Tigerpaw takes no writes, .* Change what comes from it over there/u) as string,
        source: { pointer: '/data/attributes/enable-two-way-sync' },
      },
    ]);
  });

  it('takes no push of everything', async () => {
    const refused = await shell.cli('push all');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('takes no writes, so nothing can be pushed to tp.');
  });

  it('keeps what it gives read-only: an edit is refused by the names of the fields, and what it does not give is taken', async () => {
    const [contact] = (await caller.send('GET', '/contacts?page[size]=1')).body.data!;
    const patch = (attributes: object) =>
      caller.send('PATCH', `/contacts/${contact!.id}`, { type: 'contacts', attributes });
    const { status, body } = await patch({ 'first-name': 'Other', title: 'Other', important: true });
    expect(status).toBe(422);
    const pointers = body.errors?.map(({ source }) => source?.pointer).sort();
    expect(pointers).toEqual(['/data/attributes/first-name', '/data/attributes/title']);
    expect(JSON.stringify(body.errors)).toContain('is only given by tp');
    expect((await patch({ important: true })).status).toBe(200);
  });

  it('was never written to', () => {
    expect(writes()).toEqual([]);
  });
});
