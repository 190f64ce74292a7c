import { beforeAll, describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, type OperatorShell, operatorShell, shellWorker } from './support.ts';

interface Orphans {
  readonly proposals: readonly { readonly id: number; readonly count: number; readonly records?: readonly unknown[] }[];
  readonly orphaned: readonly { readonly psaId: string }[];
}

let shell: OperatorShell;
let simulator: RunningSimulator;
let gone: readonly number[];
/** The company of each contact, before any was deleted. */
const homes = new Map<number, { company: object }>();

const orphans = (options = '') => shell.json<Orphans>(`orphan list ${options}`);

/** Contacts of the PSA that are linked here. */
async function linkedContacts(): Promise<number[]> {
  const listed = await shell.json<{ psaId: string }[]>('record list --kind contact --state live');
  return listed.map(({ psaId }) => Number(psaId));
}

beforeAll(async () => {
  shell = await operatorShell();
  simulator = await testSimulator({ size: 200 });
  await shell.cli('tenant create acme --name Acme');
  await shell.cli(...connectLine(simulator));
  for (const noun of ['type', 'status']) {
    for (const kind of ['organization', 'configuration']) await shell.cli(`${noun} tick --kind ${kind} --all`);
  }
  await shell.cli('settings set contacts-sync=on');
  await shellWorker(shell);
  await shell.cli('sync start --watch');
  gone = (await linkedContacts()).slice(0, 25);
  for (const { id, company } of simulator.admin.state('contacts') as Iterable<{ id: number; company: object }>)
    homes.set(id, { company });
  simulator.admin.deleteRows('contacts', gone);
  await shell.cli('sync start --watch');
});

describe('a sweep that waits', () => {
  it('is listed with its count, by name if asked, and asks for attention', async () => {
    expect(await orphans('--records')).toMatchObject({ proposals: [{ kind: 'contact', count: 25 }], orphaned: [] });
    expect((await orphans('--records')).proposals[0]?.records).toHaveLength(25);
    const [proposal] = (await orphans()).proposals;
    expect((await shell.cli('attention')).stdout).toContain(`psa-sync orphan approve ${proposal?.id}`);
  });

  it('can be dismissed, and comes back with the next full sync', async () => {
    const [before] = (await orphans()).proposals;
    expect(await shell.cli(`orphan dismiss ${before?.id}`)).toMatchObject({ code: 0 });
    expect((await orphans()).proposals).toEqual([]);
    expect(await shell.cli(`orphan approve ${before?.id} --yes`)).toMatchObject({ code: 1 });
    await shell.cli('sync start --watch');
    expect((await orphans()).proposals).toMatchObject([{ count: 25 }]);
  });

  it('is not approved without a yes', async () => {
    const [proposal] = (await orphans()).proposals;
    expect(await shell.cli(`orphan approve ${proposal?.id}`)).toMatchObject({ code: 2 });
    expect((await orphans()).proposals).toMatchObject([{ state: 'waiting' }]);
  });

  it('goes ahead when it is approved, and spares what came back to the PSA meanwhile', async () => {
    const [proposal] = (await orphans()).proposals;
    const [spared = 0, ...others] = gone;
    simulator.admin.putRows('contacts', [{ ...homes.get(spared), id: spared, firstName: 'Back', lastName: 'Again' }]);
    const { stdout, stderr, code } = await shell.cli(`orphan approve ${proposal?.id} --yes`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/orphaned +24/);
    expect(stderr).toContain('The others are in the PSA after all');
    const { proposals, orphaned } = await orphans();
    expect(proposals).toEqual([]);
    expect(orphaned.map(({ psaId }) => Number(psaId)).sort()).toEqual([...others].sort());
  });

  it('is decided once', async () => {
    expect(await shell.cli('orphan approve 999999 --yes')).toMatchObject({ code: 2 });
    expect((await shell.cli('orphan list')).stdout).not.toContain('wait for approval');
  });
});
