import { sql } from 'drizzle-orm';
import type { Database, DirectoryTx } from '../database.ts';
import type { RunJob } from '../schema/runs.ts';
import { listIntegrations } from './read-integration.ts';

/** A schedule as Postgres wants it. */
export interface SyncSchedule {
  readonly tenantId: string;
  readonly tenantKey: string;
  readonly integrationId: string;
  readonly integrationKey: string;
  readonly provider: string;
  readonly job: RunJob;
  readonly everyMinutes: number;
  readonly paused: boolean;
}

/** Every tenant's id and key. */
export async function listTenantKeys(tx: DirectoryTx): Promise<{ id: string; key: string }[]> {
  return tx.db.execute<{ id: string; key: string }>(sql`select id, key from tenants order by id`);
}

/** The schedules of all integrations of all tenants. */
export async function listSyncSchedules(database: Database): Promise<SyncSchedule[]> {
  const schedules: SyncSchedule[] = [];
  for (const tenant of await database.withDirectory(listTenantKeys)) {
    for (const integration of await database.withTenant(tenant.id, listIntegrations)) {
      const { fullSyncEveryMinutes, contactSyncEveryMinutes } = integration.settings;
      for (const [job, everyMinutes] of [
        ['full', fullSyncEveryMinutes] as const,
        ['contact', contactSyncEveryMinutes] as const,
      ]) {
        if (everyMinutes === null) continue;
        schedules.push({
          tenantId: tenant.id,
          tenantKey: tenant.key,
          integrationId: integration.id,
          integrationKey: integration.key,
          provider: integration.provider,
          job,
          everyMinutes,
          paused: integration.pausedAt !== null,
        });
      }
    }
  }
  return schedules;
}
