import type { Kind } from './kinds.ts';
import { mergeFields } from './merge.ts';
import type { OpenReference, PlanAction, PlanInput, PlanItem, PlanLink, PlanRecord } from './plan-types.ts';

interface LinkedInput {
  readonly kind: Kind;
  readonly settings: PlanInput['settings'];
  readonly item: PlanItem;
  readonly link: PlanLink;
  readonly record: PlanRecord;
}

/** A PSA record that has a link: its record takes the values, unless a person took it out of the sync. */
export function planLinked({ kind, settings, item, link, record }: LinkedInput): PlanAction {
  if (link.state === 'disabled') return { type: 'outside', item, reason: 'link_disabled' };
  if (link.state === 'disconnected') return { type: 'outside', item, reason: 'link_disconnected' };
  const revived = link.state === 'orphaned';
  const { base, drifted } = link;
  const { values: local, pending, id: recordId } = record;
  const merged = mergeFields({ kind, item, base, local, pending, drifted, ...settings, force: revived });
  if (revived || merged.conflicts.length > 0 || Object.keys(merged.set).length > 0) {
    return { type: 'update', item, recordId, revived, merged };
  }
  const refresh = base === null || drifted || link.hash !== item.hash || !sameOpen(link.open, item.open);
  return { type: 'unchanged', item, recordId, refresh, settled: merged.settled };
}

function sameOpen(a: readonly OpenReference[], b: readonly OpenReference[]): boolean {
  return a.length === b.length && a.every((x) => b.some((y) => x.field === y.field && x.psaId === y.psaId));
}
