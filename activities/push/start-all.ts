import { log } from '@temporalio/activity';
import type { StartablePush } from '../../db/push/open-pushes.ts';
import type { PushKey } from '../../db/push/push-key.ts';
import type { ActivityDependencies } from '../dependencies.ts';

interface Starter {
  readonly deps: Pick<ActivityDependencies, 'orchestrator'>;
  readonly input: {
    readonly tenantId: string;
    readonly names: { readonly tenantKey: string; readonly integrationKey: string; readonly provider: string };
  };
}

/**
 * Starts pushes; those that say nothing else go to the integration of the one that starts them. What can't be started now is
 * started by housekeeping.
 */
export async function startAll(
  { deps, input }: Starter,
  pushes: readonly (PushKey & Partial<StartablePush>)[],
): Promise<void> {
  const { tenantId, names } = input;
  for (const push of pushes) {
    try {
      await deps.orchestrator.startPush({ ...names, ...push, tenantId });
    } catch (error) {
      log.warn('a push could not be started; housekeeping will', { error });
    }
  }
}
