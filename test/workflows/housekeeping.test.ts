import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings, setPaused } from '../../db/integrations/change-settings.ts';
import { openRun } from '../../db/runs/open-run.ts';
import { readRun } from '../../db/runs/read-run.ts';
import { scheduleId, SYNC_QUEUE, syncWorkflowId, WORKFLOWS } from '../../workflows/contracts.ts';
import { connectTenant, sync, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';
import type { TestIntegration } from '../support/tenant.ts';

let worker: TestWorker;
let home: TestIntegration;
let rounds = 0;

beforeAll(async () => {
  worker = await testWorker();
  home = await connectTenant(worker.database, await testSimulator({ size: 60 }));
});

const housekeeping = () =>
  worker.client.workflow.execute(WORKFLOWS.housekeeping, {
    taskQueue: SYNC_QUEUE,
    workflowId: `round-${(rounds += 1)}`,
  });

const schedules = async () => {
  const ids: string[] = [];
  for await (const { scheduleId: id } of worker.client.schedule.list()) ids.push(id);
  return ids.filter((id) => id !== 'housekeeping').sort();
};

const scheduleOf = (job: 'full' | 'contact') => scheduleId({ id: home.integrationId, key: 'connectwise' }, job);

const change = (work: Parameters<typeof worker.database.withTenant<void>>[1]) =>
  worker.database.withTenant(home.tenantId, work);

describe('housekeeping', () => {
  beforeEach(() =>
    change((tx) => changeSettings(tx, home.integrationId, { fullSyncEveryMinutes: 60, contactSyncEveryMinutes: 15 })),
  );

  it('makes the schedules that the settings ask for, and drops one that they no longer do', async () => {
    await housekeeping();
    await expect.poll(schedules).toEqual([scheduleOf('contact'), scheduleOf('full')]);
    await change((tx) => changeSettings(tx, home.integrationId, { contactSyncEveryMinutes: null }));
    await housekeeping();
    await expect.poll(schedules).toEqual([scheduleOf('full')]);
  });

  it('makes schedules again that were deleted by hand, and follows a new interval', async () => {
    await housekeeping();
    await worker.client.schedule.getHandle(scheduleOf('full')).delete();
    await change((tx) => changeSettings(tx, home.integrationId, { fullSyncEveryMinutes: 30 }));
    await expect.poll(schedules).not.toContain(scheduleOf('full'));
    await housekeeping();
    const { spec } = await worker.client.schedule.getHandle(scheduleOf('full')).describe();
    expect(spec.intervals).toEqual([expect.objectContaining({ every: 30 * 60_000 })]);
  });

  it('pauses the schedules of a paused integration, and lets them go on when it is resumed', async () => {
    const paused = async () => (await worker.client.schedule.getHandle(scheduleOf('full')).describe()).state.paused;
    await change((tx) => setPaused(tx, home.integrationId, true));
    await housekeeping();
    await expect.poll(paused).toBe(true);
    await change((tx) => setPaused(tx, home.integrationId, false));
    await housekeeping();
    await expect.poll(paused).toBe(false);
  });

  it('closes a run whose workflow is gone, and says so', async () => {
    const opened = await worker.database.withTenant(home.tenantId, (tx) =>
      openRun(tx, {
        integrationId: home.integrationId,
        job: 'full',
        dryRun: false,
        trigger: 'operator',
        mappingVersion: 1,
        kinds: ['contact'],
        workflowId: 'sync-that-nobody-knows',
        workflowRunId: 'lost',
      }),
    );
    await housekeeping();
    const run = await worker.database.withTenant(home.tenantId, (tx) => readRun(tx, { id: opened.runId }));
    expect(run).toMatchObject({ state: 'failed', errorCode: 'abandoned' });
    expect(run?.finishedAt).not.toBeNull();
  });

  it('drops ended runs after their days, and keeps what is still needed', async () => {
    const { runId } = await sync(worker, home);
    await change((tx) =>
      tx.db
        .execute(sql`update runs set finished_at = now() - interval '400 days' where id = ${runId}`)
        .then(() => undefined),
    );
    await housekeeping();
    expect(await worker.database.withTenant(home.tenantId, (tx) => readRun(tx, { id: runId }))).toBeNull();
    expect((await sync(worker, home)).state).toBe('completed');
  });
});

describe('a scheduled sync', () => {
  it('runs under the one id of its integration, so that only one sync runs at a time', async () => {
    const names = { tenantKey: 'tenant', integrationKey: 'connectwise', provider: 'connectwise' };
    const input = { ...home, names, job: 'full', trigger: 'schedule', dryRun: false };
    const start = (workflowId: string) =>
      worker.client.workflow.execute(WORKFLOWS.scheduled, { taskQueue: SYNC_QUEUE, workflowId, args: [input] });
    expect(await Promise.all([start('first'), start('second')])).toEqual(expect.arrayContaining(['started']));
    const workflowId = syncWorkflowId({ id: home.integrationId, key: 'connectwise' });
    const result = (await worker.client.workflow.getHandle(workflowId).result()) as { state: string };
    expect(result.state).toBe('completed');
    const run = await worker.database.withTenant(home.tenantId, async (tx) => {
      const [row] = await tx.db.execute<{ trigger: string }>(sql`select trigger from runs order by id desc limit 1`);
      return row;
    });
    expect(run?.trigger).toBe('schedule');
  });
});
