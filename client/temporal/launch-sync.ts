import type { Client } from '@temporalio/client';
import type { SyncInput, SyncJob } from '../../workflows/contracts.ts';
import { missingAttributes } from './inspect-temporal.ts';
import { prepareTemporal } from './prepare.ts';
import { type StartedSync, startSync } from './start-sync.ts';

/** Starts a sync also on a server that no worker has met yet, which would refuse our search attributes. */
export async function launchSync(
  client: Client,
  job: SyncJob,
  input: SyncInput,
  options: { readonly housekeepingSeconds: number },
): Promise<StartedSync> {
  if ((await missingAttributes(client)).length > 0) await prepareTemporal(client, options);
  return startSync(client, job, input);
}
