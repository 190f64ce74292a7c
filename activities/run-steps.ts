import { nothingTicked } from '../domain/gate.ts';
import type { Kind } from '../domain/kinds.ts';
import { saveLookups } from '../db/lookups/save-lookups.ts';
import { REFERRING_KINDS, resolveReferences } from '../db/pull/resolve-references.ts';
import { finishRun, type FinishRun } from '../db/runs/finish-run.ts';
import { openRun } from '../db/runs/open-run.ts';
import { listRuns } from '../db/runs/read-run.ts';
import { addRemark } from '../db/runs/remarks.ts';
import { readIntegration } from '../db/integrations/read-integration.ts';
import type { RunJob, RunState } from '../db/schema/runs.ts';
import { PsaError } from '../psa/errors.ts';
import { adapterFor, pullChoices } from '../psa/registry.ts';
import type { ActivityDependencies, Patience } from './dependencies.ts';
import type { Beat } from './in-activity.ts';
import { streamsOf } from './streams.ts';
import { withAllRights } from './with-all-rights.ts';

export interface OpenRunInput {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly job: RunJob;
  readonly dryRun: boolean;
  readonly trigger: string;
  readonly workflowId: string;
  readonly workflowRunId: string;
}

export interface OpenRunResult {
  readonly runId: string;
  readonly fence: number;
  readonly kinds: readonly Kind[];
  /** What is read after organizations: streams side by side, the kinds of each one after the other. */
  readonly streams: readonly (readonly Kind[])[];
  readonly patience: Patience;
}

export interface RunRef {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly runId: string;
  readonly fence: number;
}

/** Begins the run, or finds the one that this workflow began before. */
export async function openRunStep(deps: ActivityDependencies, input: OpenRunInput): Promise<OpenRunResult> {
  return deps.database.withTenant(input.tenantId, async (tx) => {
    const integration = await readIntegration(tx, input.integrationId);
    if (!integration) {
      throw new PsaError('wrong_address', `integration ${input.integrationId} does not exist any more`, {
        retry: 'never',
        scope: 'integration',
      });
    }
    if (integration.pausedAt !== null) {
      throw new PsaError('refused', 'the integration is paused: resume it, then start the sync again', {
        retry: 'never',
        scope: 'integration',
      });
    }
    const { mappingVersion, capabilities } = adapterFor(integration.provider);
    const kinds: readonly Kind[] = input.job === 'contact' ? ['contact'] : capabilities.kinds;
    const opened = await openRun(tx, { ...input, mappingVersion, kinds });
    for (const kind of kinds) {
      const gate = capabilities.gate[kind];
      if (gate && nothingTicked(opened.settings, gate)) {
        await addRemark(
          tx,
          opened.runId,
          `no ${kind} type and status are ticked, so no ${kind} syncs: tick some, then sync again`,
        );
      }
    }
    const { provider } = integration;
    const streams = streamsOf(kinds, pullChoices({ provider, settings: opened.settings }));
    return { runId: opened.runId, fence: opened.fence, kinds, streams, patience: deps.patience };
  });
}

/** What the newest run of an integration is of, ended or not; null for a dry run, which takes nothing, and before the first. */
export async function latestJobStep(
  { database }: ActivityDependencies,
  { tenantId, integrationId }: Pick<RunRef, 'tenantId' | 'integrationId'>,
): Promise<RunJob | null> {
  const [run] = await database.withTenant(tenantId, (tx) => listRuns(tx, { integrationId }, 1));
  return run && !run.dryRun ? run.job : null;
}

/** Types and statuses of the PSA, so that an operator can tick new ones; a run goes on with those it froze. */
export async function pullLookupsStep(deps: ActivityDependencies, input: RunRef, beat: Beat): Promise<number> {
  deps.turns.announce(input.integrationId);
  const { psa } = await deps.connections.access(input.tenantId, input.integrationId);
  const rows = await withAllRights(psa, beat.signal, () => psa.lookups(beat.signal));
  await deps.database.withTenant(input.tenantId, (tx) => saveLookups(tx, input.integrationId, rows), 'sync');
  return rows.length;
}

/** All kinds at once: what they lock does not overlap, and Postgres takes a thread for each. */
export async function resolveReferencesStep({ database }: ActivityDependencies, input: RunRef): Promise<number> {
  const resolved = await Promise.all(
    REFERRING_KINDS.map((kind) =>
      database.withTenant(input.tenantId, (tx) => resolveReferences(tx, input, kind), 'sync'),
    ),
  );
  return resolved.reduce((sum, records) => sum + records, 0);
}

export interface FinishRunInput extends FinishRun {
  readonly tenantId: string;
}

/** Answers the state the run ended in; `cancelled` when a newer run had taken over. */
export async function finishRunStep(deps: ActivityDependencies, input: FinishRunInput): Promise<RunState> {
  const state = await deps.database.withTenant(input.tenantId, (tx) => finishRun(tx, input));
  return state ?? 'cancelled';
}
