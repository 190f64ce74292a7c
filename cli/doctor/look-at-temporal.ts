import type { Client } from '@temporalio/client';
import {
  hasWorker,
  missingAttributes,
  namespaceRetentionDays,
  serverVersion,
} from '../../client/temporal/inspect-temporal.ts';
import type { Settings } from '../../settings/settings.ts';
import { plural } from '../durations.ts';
import { openTemporal } from '../services.ts';
import { type Finding, fail, look, ok, warn } from './finding.ts';

/** The server, our namespace in it, and whether anybody works there. */
export async function lookAtTemporal(settings: Settings): Promise<Finding[]> {
  const client = await openTemporal(settings);
  try {
    return await lookAt(client);
  } finally {
    await client.connection.close();
  }
}

async function lookAt(client: Client): Promise<Finding[]> {
  const { namespace } = client.options;
  const server = ok('Temporal', (await serverVersion(client)) ?? 'answers');
  const days = await namespaceRetentionDays(client);
  if (days === null) {
    const wayOut = 'Correct TEMPORAL_NAMESPACE, or start a worker: it makes the namespace.';
    return [server, fail('namespace', `there is no namespace "${namespace}"`, wayOut)];
  }
  return [
    server,
    ok('namespace', `${namespace}, histories are kept ${plural(Math.round(days), 'day')}`),
    ...(await look('search attributes', async () => [attributesOf(await missingAttributes(client))])),
    ...(await look('worker', async () => [workerOf(await hasWorker(client))])),
  ];
}

function attributesOf(missing: readonly string[]): Finding {
  if (missing.length === 0) return ok('search attributes', 'all registered');
  return warn('search attributes', `not registered: ${missing.join(', ')}`, 'Start a worker: it registers them.');
}

function workerOf(there: boolean): Finding {
  if (there) return ok('worker', 'at least one takes syncs');
  return warn('worker', 'nobody takes syncs', 'Start one: `psa-sync serve worker`.');
}
