import { log } from '@temporalio/activity';
import type { PushKey } from '../../db/push/push-key.ts';
import type { PushSession } from './push-session.ts';

/** Starts pushes that waited for this one. What can't be started now is started by housekeeping. */
export async function startAll({ deps, input }: PushSession, pushes: readonly PushKey[]): Promise<void> {
  const { tenantId, names } = input;
  for (const push of pushes) {
    try {
      await deps.orchestrator.startPush({ ...push, ...names, tenantId });
    } catch (error) {
      log.warn('a push that waited could not be started; housekeeping will', { error });
    }
  }
}
