import type { TenantTx } from '../../db/database.ts';
import { endPush, failPush, type PushFailure } from '../../db/push/settle-push.ts';
import { type MissingParent, waitForParent } from '../../db/push/wait-for-parent.ts';
import type { PushReason } from '../../domain/push-states.ts';
import { WHY_PUSH } from '../../domain/why-push.ts';
import type { PushSession } from './push-session.ts';

/** What an attempt comes to, fit for a history: a code, and words without values. */
export type PushEnd =
  /** `held`: the integration is paused. `more`: so much was going on that another attempt should go on. */
  | { readonly state: 'pushed' | 'discarded' | 'waiting' | 'held' | 'more' }
  | { readonly state: 'failed' | 'attention'; readonly reason: PushReason; readonly words: string };

/** Nothing is left to send, or only what waits for a parent; null: somebody asked for more meanwhile. */
export async function endOrWait(
  tx: TenantTx,
  { input, claimed }: Pick<PushSession, 'input' | 'claimed'>,
  parent: MissingParent | null = null,
): Promise<PushEnd | null> {
  const { version } = claimed;
  if (parent) return (await waitForParent(tx, input, version, parent)) ? { state: 'waiting' } : null;
  return (await endPush(tx, input, version)) ? { state: 'pushed' } : null;
}

/** The push stops with its reason, its edits kept; null: a newer request is there, and gets an attempt of its own. */
export async function stop(
  tx: TenantTx,
  { input, claimed }: Pick<PushSession, 'input' | 'claimed'>,
  failure: PushFailure,
): Promise<PushEnd | null> {
  if (!(await failPush(tx, input, claimed.version, failure))) return null;
  return stopped(failure.state, failure.code, failure.told ?? failure.reason);
}

/** In plain words, with the way out. */
export function stopped(state: PushFailure['state'], reason: PushReason, told = ''): PushEnd {
  const { text, wayOut } = WHY_PUSH[reason];
  return { state, reason, words: [text, told, wayOut].filter((part) => part !== '').join('\n\n') };
}
