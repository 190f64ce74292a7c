/** How far a push is. `waiting`: for another record to be in the PSA; it holds no workflow. */
export const PUSH_STATES = ['pending', 'waiting', 'failed', 'attention', 'pushed', 'discarded'] as const;
export type PushState = (typeof PUSH_STATES)[number];

/** Why a push does not get on; a closed list, because operators search for it (the attribute `PsaSyncReason`). */
export const PUSH_REASONS = [
  'refused', // the PSA's validation
  'forbidden', // the security role does not allow it
  'gone', // the PSA has deleted the record
  'outside_gate', // type, status, contacts switch or organization keep it out
  'missing_fields', // what the PSA requires is not there
  'not_writable', // the PSA can't take a value: too long, an unknown row, read-only
  'not_taken', // the PSA answered as if all were well, and kept its old value
  'link_out_of_step', // orphaned, disabled or disconnected
  'unsure', // whether the PSA made the record can't be told
  'several_candidates', // more than one PSA record fits: a review decides
  'credentials', // refused; nobody calls the PSA until they are renewed
  'parent_not_pushed', // its organization (or another record it needs) is not in the PSA
  'two_way_off',
  'internal',
] as const;
export type PushReason = (typeof PUSH_REASONS)[number];
