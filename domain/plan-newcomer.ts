import type { Kind } from './kinds.ts';
import { identity, type MatchRule } from './match-key.ts';
import { findMatch } from './match.ts';
import { mergeFields } from './merge.ts';
import type { LinkRule, PlanAction, PlanInput, PlanItem, PlanRecord, ReviewReason } from './plan-types.ts';
import type { LocalValue, LocalValues } from './values.ts';

interface NewcomerInput {
  readonly kind: Kind;
  readonly settings: PlanInput['settings'];
  readonly matchRule?: MatchRule | undefined;
  /** Candidates and holders of names, as they stand after the linked part of the plan. */
  readonly records: Iterable<PlanRecord>;
}

/**
 * Plans PSA records that have no link yet, one after the other, lowest PSA id first: each finds its record or is created,
 * knowing what those before it have claimed and created.
 */
export function newcomerPlanner({ kind, settings, matchRule, records }: NewcomerInput): (item: PlanItem) => PlanAction {
  const byPlace = indexByPlace(kind, records, matchRule);
  const claimed = new Set<string>();
  const created = new Set<string>();

  return (item) => {
    if (kind === 'contact' && !settings.contactsSync) return { type: 'outside', item, reason: 'contacts_off' };
    const place = placeOf(kind, item.local, item.organizationId, matchRule);
    if (place === null) return { type: 'create', item };

    const match = findMatch(kind, item.local, byPlace.get(place) ?? [], claimed, matchRule);
    if (match.found === 'one') {
      claimed.add(match.record.id);
      return link(item, match.record, match.rule);
    }
    if (match.found === 'several') return review(item, 'several_candidates', match.candidateIds);
    // No second contact of a name in an organization: nobody could tell which of them is meant.
    if (kind === 'contact' && match.found === 'taken') return review(item, 'name_taken', match.holderIds);
    if (kind === 'contact' && created.has(place)) return review(item, 'name_taken', []);
    created.add(place);
    return { type: 'create', item };
  };

  function link(item: PlanItem, { id: recordId, values: local, pending }: PlanRecord, rule: LinkRule): PlanAction {
    const merged = mergeFields({ kind, item, base: null, local, pending, drifted: true, ...settings, force: false });
    return { type: 'link', item, recordId, rule, merged };
  }
}

const review = (item: PlanItem, reason: ReviewReason, candidateIds: readonly string[]): PlanAction => ({
  type: 'review',
  item,
  reason,
  candidateIds,
});

/** Where a record stands for matching: its organization and its identity; null for one without a name. */
function placeOf(
  kind: Kind,
  values: LocalValues,
  organizationId: LocalValue | undefined,
  rule: MatchRule | undefined,
): string | null {
  const text = identity(kind, values, rule);
  return text === null ? null : `${typeof organizationId === 'string' ? organizationId : ''}\n${text}`;
}

function indexByPlace(
  kind: Kind,
  records: Iterable<PlanRecord>,
  rule: MatchRule | undefined,
): ReadonlyMap<string, readonly PlanRecord[]> {
  const index = new Map<string, PlanRecord[]>();
  for (const record of records) {
    const place = placeOf(kind, record.values, record.values['organization'], rule);
    if (place === null) continue;
    const there = index.get(place);
    if (there) there.push(record);
    else index.set(place, [record]);
  }
  return index;
}
