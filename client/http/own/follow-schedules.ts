import type { FastifyBaseLogger } from 'fastify';
import { alignSchedules } from '../../temporal/schedules.ts';
import { listSyncSchedules } from '../../../db/integrations/sync-schedules.ts';
import { type Operate, withTemporal } from './operate.ts';

/** Lets Temporal's schedules follow what Postgres says, and waits for nobody: where they can't, housekeeping sees to it within minutes. */
export function followSchedules(operate: Operate, log: FastifyBaseLogger): void {
  const follow = async (): Promise<void> => {
    const schedules = await listSyncSchedules(operate.database);
    await withTemporal(operate, (client) => alignSchedules(client, schedules));
  };
  follow().catch((error: unknown) => log.warn({ err: error }, 'schedules could not follow at once'));
}
