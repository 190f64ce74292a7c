import { createApiKey } from '../../db/api-keys/create-key.ts';
import { until } from '../faults/midway.ts';
import { type Send, sender } from './api.ts';
import { freePort } from './free-port.ts';
import type { PushStage } from './push.ts';
import { WorkerProcess } from './worker-process.ts';

/** The API in a process of its own, as it runs in production, and a script with a key that may write. */
export async function servedApi(
  { worker, home }: Pick<PushStage, 'worker' | 'home'>,
  settings: Record<string, string>,
): Promise<Send> {
  const port = await freePort();
  const api = new WorkerProcess(worker, { ...settings, PSA_SYNC_API_PORT: String(port) }, 'api');
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${url}/ready`).catch(() => null))?.status === 200;
  await Promise.race([until(isReady), api.ends()]);
  const script = { name: "a technician's script", scope: 'write', origin: 'edit' } as const;
  const { key } = await worker.database.withTenant(home.tenantId, (tx) => createApiKey(tx, script));
  return sender(url, key);
}
