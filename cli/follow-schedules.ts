import { alignSchedules } from '../client/temporal/schedules.ts';
import { listSyncSchedules } from '../db/integrations/sync-schedules.ts';
import type { CliContext } from './context.ts';
import { describeError } from './describe-error.ts';
import type { Services } from './services.ts';

/**
 * Lets Temporal's schedules follow what Postgres says now, instead of with the next housekeeping. What is stored stays
 * stored when Temporal does not answer.
 */
export async function followSchedules({ output }: CliContext, { database, temporal }: Services): Promise<void> {
  try {
    await alignSchedules(await temporal(), await listSyncSchedules(database));
  } catch (error) {
    output.warn(
      `This is stored, but Temporal's schedules could not follow at once: ${describeError(error).message}. Housekeeping sees to it within minutes.`,
    );
  }
}
