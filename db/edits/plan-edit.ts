import { becomesPending, isSyncing, whyReadOnly } from '../../domain/edit-rules.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { ReadOnlyField } from './edit.ts';
import { isPushed } from './find-creates.ts';
import type { EditedIntegration, LockedRecord, LockedTie } from './lock-for-edit.ts';
import type { PlannedEdit } from './write-edits.ts';

type Ties = readonly Pick<LockedTie, 'integrationId' | 'state'>[];

/** Which of these fields may not be written here, and why; the first link that keeps a field says so. */
export function readOnlyFields(
  kind: Kind,
  ties: Ties,
  integrations: readonly EditedIntegration[],
  fields: readonly string[],
  rules: ProviderRules,
): ReadOnlyField[] {
  return fields.flatMap((field) => {
    for (const { integrationId, state } of ties) {
      const integration = integrations.find(({ id }) => id === integrationId);
      if (!integration) continue;
      const { provider, key, settings } = integration;
      const canBeTwoWay = rules.isTwoWay(provider);
      const direction = rules.directionOf(integration, kind, field);
      const code = whyReadOnly(state, direction, { twoWay: settings.twoWay, canBeTwoWay });
      if (code) return [{ field, code, integration: key, reason: REASONS[code](key) }];
    }
    return [];
  });
}

const REASONS = {
  two_way_off: (key: string) =>
    `comes from ${key} and is read-only while two-way sync is off: the next sync would replace it again`,
  only_given: (key: string) => `is only given by ${key}, so it is read-only also with two-way sync on`,
} as const;

export interface Consequences {
  readonly record: LockedRecord;
  readonly set: LocalValues;
  readonly integrations: readonly EditedIntegration[];
  /** Fields that differ from the base, by integration. */
  readonly differing: ReadonlyMap<string, readonly string[]>;
  /** Integrations that are asked to make it. */
  readonly creates: ReadonlySet<string>;
}

/** What goes on to PSAs after a save: edits on their way, and pushes. */
export function consequencesOf(
  { record, set, integrations, differing, creates }: Consequences,
  rules: ProviderRules,
): Pick<PlannedEdit, 'pending' | 'pushes'> {
  const { kind, ties } = record;
  const changed = Object.keys(set);
  const pending: PlannedEdit['pending'][number][] = [];
  const pushes: PlannedEdit['pushes'][number][] = [];
  for (const integration of integrations) {
    const { id } = integration;
    if (!isPushed(integration, rules)) continue;
    const directionOf = (field: string) => rules.directionOf(integration, kind, field);
    const own = ties.filter(({ integrationId }) => integrationId === id);
    const tie = own.find(({ state }) => isSyncing(state));
    if (own.length > 0 && !tie) continue; // out of the sync: free, and nobody else's business
    // Without a link, what a push that makes it has read meanwhile must not be taken for all there is.
    const twoWay = tie !== undefined || creates.has(id);
    const state = tie?.state ?? 'live';
    const fields = becomesPending({ state, twoWay, changed, differing: differing.get(id) ?? [], directionOf });
    const values = { ...record.values, ...set };
    pending.push(...fields.map((field) => ({ integrationId: id, field, value: values[field] ?? null })));
    pushes.push({ integrationId: id, when: fields.length > 0 || creates.has(id) ? 'always' : 'open' });
  }
  return { pending, pushes };
}
