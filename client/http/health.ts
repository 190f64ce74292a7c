import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { missingMigrations } from '../../db/migrate.ts';
import type { ApiPart } from './deps.ts';

export interface HealthDeps {
  readonly database: Database;
  readonly temporal: Client;
  /** Aborted when the process is asked to stop: it takes no new work. */
  readonly stopping: AbortSignal;
}

/** Whoever asks has a limit of their own, most often a few seconds. */
const PATIENCE_MS = 2_000;

const READY = z.object({
  ready: z.boolean(),
  stopping: z.boolean(),
  postgres: z.enum(['ok', 'away', 'not migrated']),
  temporal: z
    .enum(['ok', 'away'])
    .describe('Does not make the API unready: edits are taken and pushed once it is back'),
});

/** `/live`: the process answers. `/ready`: it can take requests. Both need no key. */
export function health({ database, temporal, stopping }: HealthDeps): ApiPart {
  return (server) => {
    server.get(
      '/live',
      {
        config: { open: true },
        schema: {
          summary: 'Whether the process answers',
          tags: ['Health'],
          security: [],
          response: { 200: z.object({ live: z.literal(true) }) },
        },
      },
      () => ({ live: true as const }),
    );

    server.get(
      '/ready',
      {
        config: { open: true },
        schema: {
          summary: 'Whether it can take requests',
          tags: ['Health'],
          security: [],
          response: { 200: READY, 503: READY },
        },
      },
      async (_request, reply) => {
        const [postgres, temporalState] = await Promise.all([lookAtPostgres(database), lookAtTemporal(temporal)]);
        const ready = postgres === 'ok' && !stopping.aborted;
        return reply
          .status(ready ? 200 : 503)
          .send({ ready, stopping: stopping.aborted, postgres, temporal: temporalState });
      },
    );
  };
}

type Postgres = z.output<typeof READY>['postgres'];
const AWAY: Postgres = 'away';

async function lookAtPostgres(database: Database): Promise<Postgres> {
  const look = database.withTenant('0', missingMigrations).then(
    (missing): Postgres => (missing === 0 ? 'ok' : 'not migrated'),
    () => AWAY,
  );
  return Promise.race([look, sleep(PATIENCE_MS, AWAY, { ref: false })]);
}

async function lookAtTemporal(temporal: Client): Promise<'ok' | 'away'> {
  const look = () => temporal.connection.workflowService.getSystemInfo({});
  return temporal.withDeadline(Date.now() + PATIENCE_MS, look).then(
    () => 'ok' as const,
    () => 'away' as const,
  );
}
