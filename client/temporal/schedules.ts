import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleOptions,
} from '@temporalio/client';
import type { SyncSchedule } from '../../db/integrations/sync-schedules.ts';
import { type ScheduledSyncInput, scheduleId, SYNC_QUEUE, WORKFLOWS } from '../../workflows/contracts.ts';
import { integrationAttributes } from './start-sync.ts';

const OURS = /^(full|contact)-sync-/;

/** The note by which we know a pause of our own. */
const PAUSED_WITH_INTEGRATION = 'the integration is paused';

/** Makes and changes the schedules that are given, removes those of ours that are not. */
export async function alignSchedules(client: Client, schedules: readonly SyncSchedule[]): Promise<void> {
  const wanted = new Map(schedules.map((schedule) => [scheduleIdOf(schedule), schedule]));
  const there = new Set<string>();
  for await (const { scheduleId: id } of client.schedule.list()) if (OURS.test(id)) there.add(id);
  for (const [id, schedule] of wanted) {
    if (there.has(id) || !(await create(client, id, schedule))) await update(client, id, schedule);
  }
  for (const id of there) if (!wanted.has(id)) await remove(client, id);
}

export function scheduleIdOf({ integrationId, integrationKey, job }: SyncSchedule): string {
  return scheduleId({ id: integrationId, key: integrationKey }, job);
}

function describe(schedule: SyncSchedule) {
  const { tenantId, integrationId, job, tenantKey, integrationKey, provider } = schedule;
  const names = { tenantKey, integrationKey, provider };
  const input: ScheduledSyncInput = { tenantId, integrationId, names, job, trigger: 'schedule', dryRun: false };
  return {
    // Spread over a tenth of the interval, so that tenants who chose the same one do not all start in the same second.
    spec: {
      intervals: [{ every: `${schedule.everyMinutes} minutes` }],
      jitter: `${schedule.everyMinutes * 6} seconds`,
    },
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOWS.scheduled,
      taskQueue: SYNC_QUEUE,
      workflowId: `scheduled-${scheduleIdOf(schedule)}`,
      args: [input],
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 minutes' },
    state: {
      paused: schedule.paused,
      note: schedule.paused ? PAUSED_WITH_INTEGRATION : `${job} sync, as set in the integration's settings`,
    },
    typedSearchAttributes: integrationAttributes(names),
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
}

/** False: it is there already; listings lag behind a little. */
async function create(client: Client, id: string, schedule: SyncSchedule): Promise<boolean> {
  try {
    await client.schedule.create({ scheduleId: id, ...describe(schedule) });
    return true;
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return false;
    throw error;
  }
}

/** A pause by hand, in the UI or by command, is an operator's word and stays; ours ends when the integration is resumed. */
async function update(client: Client, id: string, schedule: SyncSchedule): Promise<void> {
  const wanted = describe(schedule);
  await client.schedule.getHandle(id).update(({ state }) => {
    const byHand = state.paused && state.note !== PAUSED_WITH_INTEGRATION;
    return byHand ? { ...wanted, state: { paused: true, note: state.note ?? '' } } : wanted;
  });
}

async function remove(client: Client, id: string): Promise<void> {
  try {
    await client.schedule.getHandle(id).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
