import { describeSchedule, type ScheduleView } from '../client/temporal/operate-schedules.ts';
import type { SyncSchedule } from '../db/integrations/sync-schedules.ts';
import type { RunJob } from '../db/schema/runs.ts';
import type { CliContext } from './context.ts';
import { minutesInWords } from './durations.ts';
import type { Column } from './output.ts';
import type { TenantServices } from './services.ts';

interface ListedSchedule {
  readonly integration: string;
  readonly job: RunJob;
  readonly everyMinutes: number;
  /** Null: Temporal does not have it yet. */
  readonly schedule: ScheduleView | null;
}

const COLUMNS: readonly Column<ListedSchedule>[] = [
  { title: 'integration', value: ({ integration }) => integration },
  { title: 'job', value: ({ job }) => job },
  { title: 'every', value: ({ everyMinutes }) => minutesInWords(everyMinutes) },
  {
    title: 'state',
    value: ({ schedule }) => (schedule === null ? 'not made yet' : schedule.paused ? 'paused' : 'runs'),
  },
  { title: 'next', value: ({ schedule }) => (schedule?.paused ? null : schedule?.nextTimes[0]) },
  { title: 'last', value: ({ schedule }) => schedule?.lastTimes[0] },
  { title: 'note', value: ({ schedule }) => schedule?.note },
];

export const NO_SCHEDULE = 'No schedule is set: `psa-sync settings set full-sync-every=4h` sets one.';

/** Schedules with their next and last times, as Temporal tells them now. */
export async function showSchedules(
  { output }: CliContext,
  services: TenantServices,
  schedules: readonly SyncSchedule[],
): Promise<void> {
  const client = await services.temporal();
  const rows: ListedSchedule[] = [];
  for (const schedule of schedules) {
    const { integrationKey: integration, job, everyMinutes } = schedule;
    rows.push({ integration, job, everyMinutes, schedule: await describeSchedule(client, schedule) });
  }
  output.list(rows, COLUMNS, NO_SCHEDULE);
}
