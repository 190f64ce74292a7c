import { listRuns, readRun, type RunView } from '../db/runs/read-run.ts';
import type { RunState } from '../db/schema/runs.ts';
import { CliError } from './cli-error.ts';
import type { TenantServices } from './services.ts';

export interface RunChoice {
  readonly id?: string | undefined;
  /** Key; without an id, the latest run of this integration. */
  readonly integration?: string | undefined;
  readonly state?: RunState | undefined;
  readonly dryRun?: boolean | undefined;
}

/** The run of that id; without one, the latest that fits. */
export async function chooseRun(services: TenantServices, { id, ...choice }: RunChoice): Promise<RunView> {
  if (id !== undefined) return mustReadRun(services, id);
  const { integration, ...filter } = choice;
  const integrationId = await integrationIdOf(services, integration);
  const [latest] = await services.query((tx) => listRuns(tx, { ...filter, integrationId }, 1));
  if (latest) return latest;
  const sort =
    filter.state === 'running' ? 'No run is in progress' : `There is no ${filter.dryRun ? 'dry ' : ''}run yet`;
  throw new CliError('usage', `${sort}.`, '`psa-sync run list` shows all, `psa-sync sync start` makes one.');
}

export async function mustReadRun({ query }: TenantServices, id: string): Promise<RunView> {
  const run = await query((tx) => readRun(tx, { id }));
  if (run) return run;
  throw new CliError(
    'usage',
    `There is no run ${id}.`,
    '`psa-sync run list` shows them; ended ones are kept for a while only.',
  );
}

/** The id behind an option that need not be given. */
export async function integrationIdOf(services: TenantServices, key: string | undefined): Promise<string | undefined> {
  return key === undefined ? undefined : (await services.integration(key)).id;
}
