import { z } from 'zod';
import type { Settings } from '../../settings/settings.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const ANSWER_MS = 5_000;
const READY = z.object({ ready: z.boolean(), stopping: z.boolean(), postgres: z.string() });

/** The HTTP API, where the settings say that it listens. */
export async function lookAtApi({ listenHost, apiPort }: Settings): Promise<Finding[]> {
  const host = listenHost === '0.0.0.0' ? '127.0.0.1' : listenHost;
  const url = `http://${host}:${apiPort}`;
  const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(ANSWER_MS) })
    .then((response) => response.json())
    .catch(() => null);
  const read = READY.safeParse(answer);
  if (!read.success) {
    const wayOut =
      'Start it: `psa-sync serve api`. Not needed where it runs on another machine, or where nobody uses it.';
    return [warn('HTTP API', `does not answer on ${url}`, wayOut)];
  }
  const { ready, stopping, postgres } = read.data;
  if (ready) return [ok('HTTP API', `ready on ${url}`)];
  if (stopping) return [warn('HTTP API', `is stopping on ${url}`, 'Wait for its end, then start it again.')];
  return [fail('HTTP API', `not ready on ${url}: Postgres is ${postgres}`, 'Mend what is said of Postgres.')];
}
