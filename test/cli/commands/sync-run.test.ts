import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, type OperatorShell, operatorShell, shellWorker } from './support.ts';

let shell: OperatorShell;
let simulator: RunningSimulator;

interface Run {
  readonly id: number;
  readonly state: string;
  readonly page: string;
  readonly ranges: readonly { readonly kind: string; readonly counts: Readonly<Record<string, number>> }[];
  readonly plan?: readonly { readonly kind: string; readonly action: string; readonly name: string }[];
}

beforeAll(async () => {
  shell = await operatorShell();
  simulator = await testSimulator({ size: 150 });
  await shell.cli('tenant create acme --name Acme');
  await shell.cli(...connectLine(simulator));
  for (const noun of ['type', 'status']) {
    for (const kind of ['organization', 'configuration']) await shell.cli(`${noun} tick --kind ${kind} --all`);
  }
});

beforeEach(() => void simulator.admin.clearFaults());

const sum = (run: Run, name: string) => run.ranges.reduce((all, { counts }) => all + (counts[name] ?? 0), 0);

/** Ctrl-C, a moment after the command began. */
const interrupted = () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1_000);
  return { signal: controller.signal };
};

describe('before there is a worker', () => {
  it('a run that does not exist is said so, with exit code 2', async () => {
    for (const line of ['run view', 'run watch', 'run cancel', 'run plan', 'run view 999999999', 'run view latest']) {
      expect(await shell.cli(line)).toMatchObject({ code: 2, stdout: '' });
    }
    expect(await shell.cli('run list')).toMatchObject({ code: 0, stdout: '' });
  });

  it('a sync starts, waits, and says that nobody is there to do it', async () => {
    const { code, stdout, stderr } = await shell.cli('sync start');
    expect(code).toBe(0);
    expect(stdout).toContain(
      `http://temporal-ui.test/namespaces/${shell.environment.TEMPORAL_NAMESPACE}/workflows/sync-`,
    );
    expect(stderr).toContain('psa-sync serve worker');
  });

  it('a second one is not started; the first is named and the exit code is 0', async () => {
    const { code, stderr } = await shell.cli('sync start --kind contact');
    expect(code).toBe(0);
    expect(stderr).toContain('is running already');
    expect(await shell.json('sync start')).toMatchObject({ started: false });
  });

  it('Ctrl-C ends the looking with 130 and not the sync', async () => {
    const { code, stderr } = await shell.cli('sync start --watch', interrupted());
    expect(code).toBe(130);
    expect(stderr).toContain('the sync goes on');
    expect(stderr).toContain('psa-sync run watch');
    expect(await shell.json('sync start')).toMatchObject({ started: false });
  });
});

describe('with a worker', () => {
  beforeAll(async () => {
    await shellWorker(shell);
    await shell.cli('sync start --watch'); // what was started above
  });

  it('a sync is followed to its end and summed up', async () => {
    const { code, stdout, stderr } = await shell.cli('sync start --watch');
    expect(code).toBe(0);
    expect(stdout).toMatch(/state +completed/);
    expect(stdout).toMatch(/Temporal UI +http:\/\/temporal-ui\.test/);
    expect(stdout).toMatch(/KIND +READ TO ITS END +READ +NEW/);
    expect(stdout).toMatch(/organization +yes +\d+ +0 +0 +0 +\d+/);
    expect(stderr).toContain('organizations ');
  });

  it('runs are listed newest first, and one is shown with its counts', async () => {
    await shell.cli('sync start --kind contact --watch');
    const runs = await shell.json<Run[]>('run list');
    expect(runs.map(({ id }) => Number(id))).toEqual(runs.map(({ id }) => Number(id)).sort((a, b) => b - a));
    const view = await shell.json<Run>('run view');
    expect(view).toMatchObject({ id: runs[0]?.id, job: 'contact', trigger: 'operator', state: 'completed' });
    expect(view.ranges.map(({ kind }) => kind)).toEqual(['contact']);
    expect(await shell.json<Run[]>('run list --limit 1')).toEqual([expect.objectContaining({ id: view.id })]);
    expect(await shell.cli('run list --state failed')).toMatchObject({ stdout: '' });
    expect((await shell.cli('run list')).stdout).toMatch(/contact sync +operator +completed/);
  });

  it('a dry run shows its plan and changes nothing', async () => {
    await shell.cli('settings set contacts-sync=on');
    const dry = await shell.cli('sync start --dry-run --watch');
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/what +dry run of a full sync/);
    expect(dry.stdout).toMatch(/contact +create /);
    const run = await shell.json<Run>('sync start --dry-run --watch');
    const creates = run.plan?.filter(({ action }) => action === 'create') ?? [];
    expect(creates.length).toBe(sum(run, 'created'));
    const rest = await shell.json<unknown[]>(`run plan ${run.id} --kind contact --action create --offset 1 --limit 2`);
    expect(rest).toEqual(creates.slice(1, 3));
    expect((await shell.cli('run plan --limit 1')).stderr).toContain(`psa-sync run plan ${run.id} --offset 1`);
    expect(await shell.cli('run plan --kind organization --action orphan')).toMatchObject({ code: 0, stdout: '' });
    const after = await shell.json<Run>('sync start --watch');
    expect(sum(after, 'created')).toBe(creates.length);
    expect(await shell.cli(`run plan ${after.id}`)).toMatchObject({ code: 2 });
  });

  it('a dry run names what would change and what would be orphaned', async () => {
    const [company] = [...simulator.admin.state('companies')] as { id: number; name: string }[];
    const [type] = await shell.json<{ psaId: string; name: string }[]>('type list --kind configuration');
    const [device] = [...simulator.admin.state('configurations')] as { id: number; name: string }[];
    const [gone] = await shell.json<{ psaId: string; name: string }[]>('run plan --kind contact --action create');
    simulator.admin.putRows('companies', [{ id: company?.id, name: 'Renamed & Sons' }]);
    simulator.admin.putRows('configurations', [
      { id: device?.id, type: { id: Number(type?.psaId), name: type?.name } },
    ]);
    simulator.admin.deleteRows('contacts', [Number(gone?.psaId)]);
    const { plan = [] } = await shell.json<Run>('sync start --dry-run --watch');
    expect(plan).toContainEqual(
      expect.objectContaining({ action: 'update', changes: { name: [company?.name, 'Renamed & Sons'] } }),
    );
    expect(plan).toContainEqual(expect.objectContaining({ action: 'orphan', kind: 'contact', name: gone?.name }));
    const { stdout } = await shell.cli('run plan');
    expect(stdout).toContain('Renamed & Sons');
    expect(stdout).toMatch(/contact +orphan .* gone from the PSA/);
    expect(stdout).toMatch(new RegExp(`configuration +update .*type: [A-Z].+ -> ${type?.name ?? ''}`));
  });

  it('a sync that sets records aside ends with 3 and says where they are', async () => {
    simulator.admin.addFaults([{ kind: 'corrupt', path: '^/company/contacts$', share: 0.2 }]);
    const { code, stdout, stderr } = await shell.cli('sync start --watch');
    expect(code).toBe(3);
    expect(stdout).toMatch(/state +completed with rejects/);
    expect(stderr).toContain('psa-sync reject list');
  });

  it('a sync that tries again says what it waits for', async () => {
    simulator.admin.addFaults([{ status: 503, retryAfterSeconds: 2, path: '^/company/configurations$', count: 1 }]);
    const { code, stderr } = await shell.cli('sync start --watch');
    expect(code).toBe(0);
    expect(stderr).toMatch(/Trying again \(try \d+\): .+/);
  });

  it('a sync that fails ends with 1 and says why', async () => {
    simulator.admin.addFaults([{ kind: 'unauthorized', path: '/company/configurations' }]);
    const { code, stdout } = await shell.cli('sync start --watch');
    expect(code).toBe(1);
    expect(stdout).toMatch(/state +failed/);
    expect(stdout).toMatch(/reason .*(credentials|refused)/i);
    simulator.admin.clearFaults();
    await shell.cli('integration check');
  });

  it('a run is cancelled, and the command waits until it is', async () => {
    simulator.admin.addFaults([{ kind: 'delay', delayMs: 30_000, path: '^/company/contacts$' }]);
    await shell.cli('sync start');
    await expect.poll(() => shell.json<Run[]>('run list --state running')).toHaveLength(1);
    const { code, stdout } = await shell.cli('run cancel');
    expect(code).toBe(0);
    expect(stdout).toMatch(/state +cancelled/);
    expect(await shell.cli('run watch')).toMatchObject({ code: 1 });
    expect(await shell.cli(`run cancel ${(await shell.json<Run>('run view')).id}`)).toMatchObject({ code: 2 });
  });

  it('a run that has to wait for requests says so, and until when', async () => {
    await shell.cli('settings set requests-per-window=4 window-seconds=600');
    await shell.cli('sync start');
    const wait =
      /waits +the integration's request budget is used up, until \d{4}-\d\d-\d\d \d\d:\d\d \(in about \d+ min\)/u;
    await expect.poll(async () => (await shell.cli('run view')).stdout, { timeout: 10_000 }).toMatch(wait);
    expect((await shell.cli('run cancel')).stdout).not.toContain('waits');
    await shell.cli('settings set requests-per-window=900 window-seconds=60');
  });

  it('a paused integration starts nothing, and goes on after resume', async () => {
    await shell.cli('integration pause');
    const { code, stderr } = await shell.cli('sync start');
    expect(code).toBe(1);
    expect(stderr).toContain('psa-sync integration resume connectwise');
    await shell.cli('integration resume');
    expect(await shell.cli('sync start --watch')).toMatchObject({ code: 0 });
  });

  it('settings and ticks start a full sync when asked to', async () => {
    const { code, stderr } = await shell.cli('type untick --kind organization Vendor --sync');
    expect(code).toBe(0);
    expect(stderr).toContain('Started a full sync of connectwise');
    await shell.cli('run watch');
    expect(await shell.json('run view')).toMatchObject({ trigger: 'settings', job: 'full' });
  });
});
