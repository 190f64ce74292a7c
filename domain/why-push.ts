import type { PushReason } from './push-states.ts';

/** Why a push does not get on, and what a person can do about it. No values: these words reach the orchestrator too. */
export const WHY_PUSH: Readonly<Record<PushReason, { readonly text: string; readonly wayOut: string }>> = {
  refused: {
    text: 'The PSA refuses what we sent.',
    wayOut: 'Correct the fields that it names, which sends the record again, or discard the push.',
  },
  forbidden: {
    text: 'The security role of the credentials does not allow it.',
    wayOut: "Have the PSA's administrator grant the right, then retry.",
  },
  gone: {
    text: 'The PSA does not have the record any more.',
    wayOut: 'The next full sync orphans it. Discard the push, or restore the record in the PSA and retry.',
  },
  outside_gate: {
    text: 'Type, status, organization or the contacts switch keep the record out of the sync.',
    wayOut: 'Tick its type and status, or let its organization sync, then retry.',
  },
  missing_fields: {
    text: 'Fields that the PSA requires are blank.',
    wayOut: 'Fill them in, which sends the record again.',
  },
  not_writable: {
    text: 'The PSA cannot take a value.',
    wayOut: 'Change the fields that are named, which sends the record again, or discard the push.',
  },
  not_taken: {
    text: 'The PSA answered as if all were well, and kept its old value.',
    wayOut: 'Look in the PSA for a rule that locks the field, then retry, or discard the push.',
  },
  link_out_of_step: {
    text: 'The link of the record is orphaned, disabled or disconnected.',
    wayOut: 'Enable or reconnect it, then retry, or discard the push.',
  },
  unsure: {
    text: 'Whether the PSA made the record cannot be told: the answer was lost, and a search does not settle it.',
    wayOut: 'Look in the PSA. A retry searches once more, and makes the record if it is not there.',
  },
  several_candidates: {
    text: 'Several PSA records fit it, and choosing one would be a guess.',
    wayOut: 'Decide in the reviews, then retry.',
  },
  credentials: {
    text: 'The PSA refused the credentials, so nobody calls it.',
    wayOut: 'Renew or check them: the push goes on by itself.',
  },
  parent_not_pushed: {
    text: 'A record that it belongs to is not in the PSA yet.',
    wayOut: 'Push that one first, or make it in the PSA: this one follows by itself.',
  },
  two_way_off: {
    text: 'Two-way sync of the integration is off.',
    wayOut: 'Switch it on: the push goes on by itself. Or discard it.',
  },
  internal: {
    text: 'Something went wrong that is not the PSA’s fault.',
    wayOut: "Look into the worker's log, then retry.",
  },
};
