import { planLinked } from './plan-linked.ts';
import { newcomerPlanner } from './plan-newcomer.ts';
import type { PlanAction, PlanInput, PlanItem, PlanLink, PlanRecord } from './plan-types.ts';
import { comparePsaIds } from './psa-record.ts';

/**
 * What a page of PSA records leads to: one action an item, in their order. The same answer for the same input, wherever it
 * is asked: by a run, a dry run or a push.
 * @throws Error when items are not ascending by PSA id or a record of a link is missing: the caller's fault.
 */
export function planPage(input: PlanInput): PlanAction[] {
  const { kind, settings, matchRule, items } = input;
  mustAscend(items);
  const records = new Map(input.records);
  const linked = new Map<string, PlanAction>();
  // Links come first: what they hold or revive is handed to nobody else, and names that they change count already.
  for (const item of items) {
    const link = tieOf(item, input, records);
    if (link === undefined) continue;
    const record = recordOf(link, records);
    const action = planLinked({ kind, settings, item, link, record });
    linked.set(item.psaId, action);
    if (action.type !== 'update') continue;
    records.set(record.id, { ...record, values: { ...record.values, ...action.merged.set }, linkedTo: item.psaId });
  }
  if (linked.size === items.length) return [...linked.values()];
  const planNewcomer = newcomerPlanner({ kind, settings, matchRule, records: records.values() });
  return items.map((item) => {
    if (input.beingPushed?.has(item.psaId)) return { type: 'outside', item, reason: 'being_pushed' };
    return linked.get(item.psaId) ?? planNewcomer(item);
  });
}

/** The link of an item; none when it is an orphan whose record belongs to another PSA record by now. */
function tieOf(item: PlanItem, { links }: PlanInput, records: ReadonlyMap<string, PlanRecord>): PlanLink | undefined {
  const link = links.get(item.psaId);
  if (link?.state !== 'orphaned') return link;
  const holder = recordOf(link, records).linkedTo;
  return holder === null || holder === item.psaId ? link : undefined;
}

function recordOf(link: PlanLink, records: ReadonlyMap<string, PlanRecord>): PlanRecord {
  const record = records.get(link.recordId);
  if (record) return record;
  throw new Error(
    `Cannot plan PSA record ${link.psaId}: its record ${link.recordId} was not read. Read it with the link.`,
  );
}

function mustAscend(items: readonly PlanItem[]): void {
  for (const [i, item] of items.entries()) {
    const before = items[i - 1];
    if (before === undefined || comparePsaIds(before.psaId, item.psaId) < 0) continue;
    throw new Error(
      `Cannot plan PSA record ${item.psaId} after ${before.psaId}: sort the page by PSA id and keep one of each.`,
    );
  }
}
