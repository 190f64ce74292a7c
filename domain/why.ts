import type { LinkRule, OutsideReason, PlanAction, ReviewReason } from './plan-types.ts';

/** Why a PSA record stays outside, and what would let it in. */
export const WHY_OUTSIDE: Readonly<Record<OutsideReason, string>> = {
  gone: 'The PSA has deleted it or merged it into another record.',
  no_type_ticked: 'None of its types is ticked. Tick its type and run a full sync to let it in.',
  status_not_ticked: 'Its status is not ticked. Tick its status and run a full sync to let it in.',
  contacts_off: 'Contacts sync is off and it has no link yet. Switch contacts sync on to let it in.',
  no_organization: 'It belongs to no organization in the PSA, so there is nowhere to put it.',
  organization_outside: 'Its organization does not sync. Let the organization in first.',
  link_disabled: 'A person disabled the sync of this record. Enable it to let it in.',
  link_disconnected: 'A person disconnected this record from the PSA. Reconnect it to let it in.',
  being_pushed: 'A record of ours that fits it is being made in the PSA. The push tells whether it is that one.',
};

/** Why a PSA record waits for a person. */
export const WHY_REVIEW: Readonly<Record<ReviewReason, string>> = {
  several_candidates: 'Several records fit it, and choosing one would be a guess. Link it to the right one.',
  name_taken: 'Its organization already has a contact of this name. Link, create or ignore it by hand.',
};

/** What tied a record to its PSA record. */
export const WHY_LINKED: Readonly<Record<LinkRule, string>> = {
  created: 'made from the PSA record',
  name: 'same name',
  full_name: 'same organization, first and last name',
  type_and_name: 'same organization, type and name, and no other serial number or MAC address',
  address: 'same organization, name and address',
  address_alone: 'same organization and address',
  by_hand: 'linked by a person',
  pushed: 'made in the PSA from this record',
};

/** A step of a plan in a sentence, for people. */
export function explain(action: PlanAction): string {
  switch (action.type) {
    case 'create':
      return 'No record fits it, so one is created.';
    case 'link':
      return `Linked to record ${action.recordId}: ${WHY_LINKED[action.rule]}.`;
    case 'update':
      return action.revived
        ? `It is back, so record ${action.recordId} syncs again.`
        : `Record ${action.recordId} takes its values.`;
    case 'unchanged':
      return `Record ${action.recordId} already has its values.`;
    case 'review':
      return WHY_REVIEW[action.reason];
    case 'outside':
      return WHY_OUTSIDE[action.reason];
  }
}
