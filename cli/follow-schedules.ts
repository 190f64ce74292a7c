import { alignSchedules } from '../client/temporal/schedules.ts';
import { resumeSchedule } from '../client/temporal/operate-schedules.ts';
import { listSyncSchedules } from '../db/integrations/sync-schedules.ts';
import type { CliContext } from './context.ts';
import { describeError } from './describe-error.ts';
import type { Services } from './services.ts';

/**
 * Lets Temporal's schedules follow what Postgres says now, instead of with the next housekeeping. What is stored stays
 * stored when Temporal does not answer.
 * @param resumed id of an integration whose pause is over, pauses of its schedules by hand included
 */
export async function followSchedules(
  { output }: CliContext,
  { database, temporal }: Services,
  resumed?: { readonly integrationId: string; readonly note: string },
): Promise<void> {
  try {
    const client = await temporal();
    const schedules = await listSyncSchedules(database);
    await alignSchedules(client, schedules);
    if (!resumed) return;
    const own = schedules.filter(({ integrationId }) => integrationId === resumed.integrationId);
    for (const schedule of own) await resumeSchedule(client, schedule, resumed.note);
  } catch (error) {
    output.warn(
      `This is stored, but Temporal's schedules could not follow at once: ${describeError(error).message}. Housekeeping sees to it within minutes.`,
    );
  }
}
