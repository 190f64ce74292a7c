import { beforeAll, describe, expect, it } from 'vitest';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, type OperatorShell, operatorShell, shellWorker } from './support.ts';

let shell: OperatorShell;

interface Listed {
  readonly job: string;
  readonly everyMinutes: number;
  readonly schedule: { readonly paused: boolean; readonly note: string | null; readonly nextTimes: string[] } | null;
}

beforeAll(async () => {
  shell = await operatorShell();
  await shell.cli('tenant create acme --name Acme');
  await shell.cli(...connectLine(await testSimulator({ size: 60 })));
});

const list = () => shell.json<Listed[]>('schedule list');
const paused = async () => (await list()).map(({ job, schedule }) => [job, schedule?.paused]);

describe('schedule', () => {
  it('says how to set one while there is none', async () => {
    expect((await shell.cli('schedule list')).stderr).toContain('psa-sync settings set full-sync-every=4h');
    expect(await shell.cli('schedule pause')).toMatchObject({ code: 2 });
  });

  it('lists jobs with their next time', async () => {
    await shell.cli('settings set full-sync-every=4h contact-sync-every=30m');
    const [full, contact] = await list();
    expect(full).toMatchObject({ job: 'full', everyMinutes: 240, schedule: { paused: false } });
    expect(contact).toMatchObject({ job: 'contact', everyMinutes: 30 });
    expect(Date.parse(full?.schedule?.nextTimes[0] ?? '')).toBeGreaterThan(Date.now());
    expect((await shell.cli('schedule list')).stdout).toMatch(/connectwise +full +4 hours +runs +20/);
  });

  it('is paused by hand, one or all, and shows by whom and why', async () => {
    const { code, stdout } = await shell.cli('schedule pause --job contact --reason "PSA is being updated"');
    expect(code).toBe(0);
    expect(stdout).toMatch(/paused by \S+: PSA is being updated/);
    expect(await paused()).toEqual([
      ['full', false],
      ['contact', true],
    ]);
    await shell.cli('schedule resume');
    expect(await paused()).toEqual([
      ['full', false],
      ['contact', false],
    ]);
  });

  it('follows the pause of its integration and its end; a pause by hand stays until it is ended by hand', async () => {
    await shell.cli('schedule pause --job contact');
    await shell.cli('integration pause');
    expect(await paused()).toEqual([
      ['full', true],
      ['contact', true],
    ]);
    const refused = await shell.cli('schedule resume');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('psa-sync integration resume connectwise');
    expect(await shell.cli('schedule trigger --job full')).toMatchObject({ code: 1 });
    await shell.cli('integration resume');
    expect(await paused()).toEqual([
      ['full', false],
      ['contact', true],
    ]);
    await shell.cli('schedule resume');
    expect(await paused()).toEqual([
      ['full', false],
      ['contact', false],
    ]);
  });

  it('is triggered ahead of its time', async () => {
    await shellWorker(shell);
    expect(await shell.cli('schedule trigger')).toMatchObject({ code: 2 }); // which of the two?
    expect(await shell.cli('schedule trigger --job contact')).toMatchObject({ code: 0 });
    await expect
      .poll(() => shell.json<object[]>('run list'), { timeout: 10_000 })
      .toMatchObject([{ job: 'contact', trigger: 'schedule' }]);
  });

  it('that Temporal lost is said so, and comes back with the next change of settings', async () => {
    const { tenantId: _tenant, ...view } = await shell.json<{ id: number; tenantId?: number }>('integration view');
    await shell.client.schedule.getHandle(`full-sync-connectwise-${view.id}`).delete();
    expect((await shell.cli('schedule list')).stdout).toMatch(/full +4 hours +not made yet/);
    expect(await shell.cli('schedule pause --job full')).toMatchObject({ code: 1 });
    await expect
      .poll(async () => {
        await shell.cli('settings set full-sync-every=4h');
        return paused();
      })
      .toContainEqual(['full', false]);
  });
});
