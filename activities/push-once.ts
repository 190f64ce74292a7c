import { claimPush, type ClaimedPush } from '../db/push/claim-push.ts';
import { retryPush } from '../db/push/retry-push.ts';
import { settleDiscarded } from '../db/push/settle-push.ts';
import { nextPushStep } from '../domain/next-push-step.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Beat } from './in-activity.ts';
import { pushCreate } from './push/push-create.ts';
import { endOrWait, type PushEnd, stop, stopped } from './push/push-end.ts';
import { pushSearch } from './push/push-search.ts';
import { openSession, type PushOnceInput, type PushSession } from './push/push-session.ts';
import { meetTrouble, stillWriting } from './push/push-trouble.ts';
import { pushUpdate } from './push/push-update.ts';

/** Edits that arrive while others are sent take a round each; a record that is edited without end lets others go first. */
const MOST_ROUNDS = 5;

/** Who is noted for what somebody did in the orchestrator's UI, which does not tell who. */
const BY_UI = 'temporal-ui';

/**
 * One attempt to bring a record into the PSA. All that it goes by stands in Postgres, so it can be repeated after any
 * failure: a second attempt sees what the first one did.
 */
export async function pushOnce(deps: ActivityDependencies, input: PushOnceInput, beat: Beat): Promise<PushEnd> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const end = await pushRound(deps, { ...input, fresh: round === 0 && input.fresh === true }, beat);
    if (end) return end;
  }
  return { state: 'more' };
}

/** Notes a `retry` that came as a signal; whoever retried by command or API is noted already, and stays so. */
export async function noteRetry({ database }: ActivityDependencies, input: PushOnceInput): Promise<void> {
  await database.withTenant(input.tenantId, (tx) => retryPush(tx, input, BY_UI));
}

async function pushRound(deps: ActivityDependencies, input: PushOnceInput, beat: Beat): Promise<PushEnd | null> {
  const inTenant = deps.database.withTenant;
  const claimed = await inTenant(input.tenantId, (tx) => claimPush(tx, input));
  if (!claimed) return { state: 'pushed' };
  const attempt = { deps, input, claimed };
  const step = nextPushStep(claimed);
  switch (step.do) {
    case 'end':
      if (claimed.state === 'discarded') await inTenant(input.tenantId, (tx) => settleDiscarded(tx, input));
      if (claimed.state === 'pushed' || claimed.state === 'discarded') return { state: claimed.state };
      return inTenant(input.tenantId, (tx) => endOrWait(tx, attempt), 'sync');
    case 'stay': {
      const again = input.fresh && (await inTenant(input.tenantId, (tx) => retryPush(tx, input, BY_UI)));
      return again ? null : stay(claimed);
    }
    case 'hold':
      return { state: 'held' };
    case 'wait':
      throw stillWriting(step.ms);
    case 'fail':
      return inTenant(
        input.tenantId,
        (tx) => stop(tx, attempt, { state: 'failed', code: step.reason, reason: '' }),
        'sync',
      );
    default:
      try {
        return await WAYS[step.do](await openSession(deps, input, beat, claimed));
      } catch (error) {
        return meetTrouble(attempt, error);
      }
  }
}

const WAYS: Readonly<Record<'update' | 'create' | 'search', (session: PushSession) => Promise<PushEnd | null>>> = {
  update: pushUpdate,
  create: pushCreate,
  search: pushSearch,
};

/** The same end as before; the words of the PSA stand in Postgres. */
function stay({ state, reasonCode }: ClaimedPush): PushEnd {
  return stopped(state === 'attention' ? 'attention' : 'failed', reasonCode ?? 'internal');
}
