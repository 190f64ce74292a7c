import type { Integration } from '../../db/integrations/read-integration.ts';
import { Refusal } from '../../db/refusal.ts';
import type { LookupList } from '../../domain/fields.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import { adapterFor } from '../../psa/registry.ts';

/** The two sorts of lists that operators look at. */
export interface ListNoun {
  readonly name: 'type' | 'status';
  readonly plural: 'types' | 'statuses';
  /** Kinds whose list can be seen. */
  readonly listed: readonly Kind[];
}

export const TYPES = {
  name: 'type',
  plural: 'types',
  listed: ['organization', 'configuration', 'contact'],
} as const satisfies ListNoun;

export const STATUSES = {
  name: 'status',
  plural: 'statuses',
  listed: ['organization', 'configuration'],
} as const satisfies ListNoun;

interface KindList {
  readonly kind: Kind;
  readonly list: LookupList;
  /** Its ticks let records in. */
  readonly gated: boolean;
}

/** The lists of a noun, by kind. */
export function tickedLists(noun: ListNoun, { provider }: Integration): KindList[] {
  const { gate } = adapterFor(provider).capabilities;
  return KINDS.flatMap((kind): KindList[] => {
    const list = gate[kind]?.[noun.plural];
    if (list !== undefined) return [{ kind, list, gated: true }];
    return noun.listed.includes(kind) && kind === 'contact' ? [{ kind, list: 'contact_type', gated: false }] : [];
  });
}

/** The list whose ticks let a kind in. */
export function tickedList(noun: ListNoun, integration: Integration, kind: Kind): LookupList {
  const found = tickedLists(noun, integration).find((one) => one.kind === kind && one.gated);
  if (found) return found.list;
  const { title, capabilities } = adapterFor(integration.provider);
  if (!capabilities.kinds.includes(kind))
    throw new Refusal(`No ${kind}s come from ${title}: there is nothing to tick.`);
  throw new Refusal(`${integration.provider} lets every ${kind} in: its ${noun.plural} have no ticks.`);
}
