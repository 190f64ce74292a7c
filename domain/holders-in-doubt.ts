import { fits } from './match.ts';
import type { PlanInput, PlanItem, PlanLink, PlanRecord } from './plan-types.ts';

/**
 * PSA ids whose links hold a record that a newcomer would be tied to: one that fits it, or that it was tied to before.
 * Should such a PSA record be gone, the newcomer is what was made anew in its place. A page without newcomers, or whose
 * newcomers fit nothing that was there before the run, has none.
 */
export function holdersInDoubt({ kind, settings, matchRule, items, links, records }: PlanInput): string[] {
  if (kind === 'contact' && !settings.contactsSync) return [];
  const onPage = new Set(items.map((item) => item.psaId));
  const held = [...records.values()].filter(
    ({ linkedTo, olderThanRun }) => linkedTo !== null && olderThanRun && !onPage.has(linkedTo),
  );
  if (held.length === 0) return [];
  const wants = (item: PlanItem, link: PlanLink | undefined, record: PlanRecord): boolean => {
    if (link?.recordId === record.id) return true;
    const sameHome = (record.values['organization'] ?? null) === item.organizationId;
    return sameHome && fits(kind, record.values, item.local, matchRule);
  };
  const doubted = items.flatMap((item) => {
    const link = links.get(item.psaId);
    if (link && !isTaken(link, records)) return [];
    return held.filter((record) => wants(item, link, record)).map(({ linkedTo }) => linkedTo ?? '');
  });
  return [...new Set(doubted)];
}

/** An orphan whose record belongs to another PSA record by now. */
function isTaken({ state, recordId }: PlanLink, records: PlanInput['records']): boolean {
  return state === 'orphaned' && (records.get(recordId)?.linkedTo ?? null) !== null;
}
