import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { health } from '../../client/http/health.ts';
import { authenticator } from '../../client/http/key-holders.ts';
import { apiMetrics } from '../../client/http/metrics.ts';
import { openApiDocument } from '../../client/http/openapi.ts';
import { ownResources } from '../../client/http/own/own-resources.ts';
import { rateLimited } from '../../client/http/rate-limit.ts';
import { requestLog } from '../../client/http/request-log.ts';
import { serveMetrics } from '../../client/http/serve-metrics.ts';
import { createApi } from '../../client/http/server.ts';
import { temporalClient } from '../../client/temporal/connect.ts';
import { openDatabase } from '../../db/database.ts';
import type { StartablePush } from '../../db/push/open-pushes.ts';
import { providerRules } from '../../psa/registry.ts';
import type { Settings } from '../../settings/settings.ts';
import { temporalConnection } from '../../settings/temporal-connection.ts';
import { CliError } from '../cli-error.ts';
import { databaseUrl } from '../services.ts';
import { temporalUi } from '../temporal-ui.ts';
import { psaSyncVersion } from '../version.ts';
import { pushStarter } from './push-starter.ts';

export interface RunningApi {
  readonly url: string;
  /** Takes no more requests, answers those under way, and ends. */
  stop(): Promise<void>;
}

export interface ApiOptions {
  readonly log: Logger;
  /** How a push worker of this process starts a push, while there is one. */
  readonly hosted: () => ((push: StartablePush) => Promise<void>) | null;
}

/** Composes the HTTP API from the settings and lets it listen. It begins without Temporal, and goes on without. */
export async function openApi(settings: Settings, { log, hosted }: ApiOptions): Promise<RunningApi> {
  const database = openDatabase({
    url: databaseUrl(settings),
    poolSize: settings.databasePool,
    applicationName: 'psa-sync-api',
  });
  const { address, ...connection } = temporalConnection(settings);
  const temporal = temporalClient({ address, namespace: settings.temporalNamespace, connection });
  const starter = pushStarter(temporal, log, hosted);
  const metrics = apiMetrics(database);
  const stopping = new AbortController();
  const server = createApi({
    database,
    rules: providerRules,
    authenticate: authenticator(database),
    startPushes: starter.start,
    logger: log,
    parts: [
      requestLog,
      metrics.part,
      rateLimited({ requests: settings.apiRequests, windowSeconds: settings.apiWindowSeconds }),
      openApiDocument(psaSyncVersion()),
      health({ database, temporal, stopping: stopping.signal }),
      ownResources({ temporal, temporalUi: temporalUi(settings), housekeepingSeconds: settings.housekeepingSeconds }),
    ],
  });
  const host = settings.listenHost;
  const stops: (() => Promise<unknown>)[] = [() => database.close(), () => temporal.connection.close()];
  const stop = async (): Promise<void> => {
    stopping.abort();
    await server.close();
    await starter.idle();
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    if (settings.apiMetricsPort !== undefined) {
      const served = await serveMetrics(metrics, { host, port: settings.apiMetricsPort });
      stops.push(async () => served.close());
    }
    await server.listen({ host, port: settings.apiPort });
  } catch (error) {
    await stop();
    throw explained(error);
  }
  const { port } = server.server.address() as AddressInfo;
  return { url: `http://${host}:${port}`, stop };
}

function explained(error: unknown): unknown {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code !== 'EADDRINUSE') return error;
  return new CliError(
    'failed',
    `Port ${port} is taken by another program.`,
    'End that one, or set PSA_SYNC_API_PORT or PSA_SYNC_API_METRICS_PORT to another.',
  );
}
