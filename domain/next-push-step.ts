import type { LinkState } from './plan-types.ts';
import type { PushReason, PushState } from './push-states.ts';

/** Where a push stands, as its next attempt finds it. */
export interface PushStanding {
  readonly state: PushState;
  readonly reasonCode: PushReason | null;
  readonly twoWay: boolean;
  readonly paused: boolean;
  /** Of the record's tie to the PSA; null without any. */
  readonly link: LinkState | null;
  /** Fields on their way. */
  readonly edits: number;
  /** Of what was begun to be made in the PSA and is not settled. */
  readonly intent: 'open' | 'sent' | 'unsure' | null;
  /** For so long an earlier attempt may still be writing. */
  readonly writingMs: number;
}

export type PushStep =
  /** Nothing is on its way. */
  | { readonly do: 'end' }
  /** It failed or needs attention, and nobody has asked for another try since. */
  | { readonly do: 'stay' }
  /** The integration is paused: whoever resumes it starts the push again. */
  | { readonly do: 'hold' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'update' | 'create' }
  /** An earlier request to make it was sent, and nobody knows what became of it. */
  | { readonly do: 'search' }
  | { readonly do: 'fail'; readonly reason: PushReason };

/** What an attempt at a push does next. */
export function nextPushStep(push: PushStanding): PushStep {
  const { state, link, intent, edits } = push;
  const linked = link === 'live' || link === 'error';
  if (state === 'failed' || state === 'attention') {
    return push.reasonCode === 'unsure' && !linked && push.twoWay ? search(push) : { do: 'stay' };
  }
  if (edits === 0 && (linked || state === 'pushed' || state === 'discarded')) return { do: 'end' };
  if (push.paused) return { do: 'hold' };
  if (!push.twoWay) return { do: 'fail', reason: 'two_way_off' };
  if (push.writingMs > 0) return { do: 'wait', ms: push.writingMs };
  if (linked) return { do: 'update' };
  if (link !== null) return { do: 'fail', reason: 'link_out_of_step' };
  return intent === 'sent' || intent === 'unsure' ? { do: 'search' } : { do: 'create' };
}

function search({ paused, writingMs }: PushStanding): PushStep {
  if (paused) return { do: 'hold' };
  return writingMs > 0 ? { do: 'wait', ms: writingMs } : { do: 'search' };
}
