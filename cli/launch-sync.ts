import type { Client } from '@temporalio/client';
import { hasWorker } from '../client/temporal/inspect-temporal.ts';
import { launchSync as startPrepared } from '../client/temporal/launch-sync.ts';
import { workflowPage } from '../client/temporal/ui-links.ts';
import type { Integration } from '../db/integrations/read-integration.ts';
import type { SyncJob } from '../workflows/contracts.ts';
import { CliError } from './cli-error.ts';
import type { CliContext } from './context.ts';
import type { TenantServices } from './services.ts';
import { jobInWords } from './show-run.ts';
import { temporalUi } from './temporal-ui.ts';

export interface SyncOrder {
  readonly job: SyncJob;
  /** `operator` or `settings`. */
  readonly trigger: string;
  readonly dryRun: boolean;
}

export interface LaunchedSync {
  readonly workflowId: string;
  /** First execution of the workflow: what its run is filed under. */
  readonly workflowRunId: string;
  /** False: one was running already, and this is it. */
  readonly started: boolean;
  /** Address in the Temporal UI. */
  readonly page: string;
}

/** Starts a sync, or finds the one that runs; says which, and whether there is a worker to do it. */
export async function launchSync(
  context: CliContext,
  services: TenantServices,
  integration: Integration,
  { job, trigger, dryRun }: SyncOrder,
): Promise<LaunchedSync> {
  const { output, settings } = context;
  mustBeReady(integration);
  const client = await services.temporal();
  const { tenantId, tenantKey } = services;
  const names = { tenantKey, integrationKey: integration.key, provider: integration.provider };
  const input = { tenantId, integrationId: integration.id, names, trigger, dryRun };
  const started = await startPrepared(client, job, input, { ...settings, database: services.database });
  const { workflowId, workflowRunId } = started;
  const page = workflowPage(temporalUi(settings), workflowId, workflowRunId);
  output.say(
    started.started
      ? `Started a ${jobInWords({ job, dryRun })} of ${integration.key}.`
      : `A sync of ${integration.key} is running already, so no other was started: ${page}`,
  );
  await warnWithoutWorker(context, client);
  return { workflowId, workflowRunId, started: started.started, page };
}

/** Everything that Temporal is asked for waits until somebody works. */
export async function warnWithoutWorker({ output }: CliContext, client: Client): Promise<void> {
  if (await hasWorker(client)) return;
  output.warn('No worker is there to do it: start one with `psa-sync serve worker`. Everything waits until then.');
}

/** Refuses what cannot come to anything. */
export function mustBeReady({ key, pausedAt, needsCredentials }: Integration): void {
  if (pausedAt !== null) {
    throw new CliError(
      'failed',
      `Integration ${key} is paused.`,
      `\`psa-sync integration resume ${key}\` ends the pause.`,
    );
  }
  if (needsCredentials) {
    throw new CliError(
      'credentials',
      `The PSA refused the stored credentials of ${key}, so nobody calls it until they are mended.`,
      `Enter new ones with \`psa-sync integration update ${key} --credentials\`, or try them again with \`psa-sync integration check ${key}\`.`,
    );
  }
}
