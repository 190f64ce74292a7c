import type { IntegrationSettings } from '../../db/schema/integrations.ts';
import { adapterFor } from '../../psa/registry.ts';

/** `push`: for what is made in the PSA; `pull`: of what is read from it. */
export type ChoiceSort = 'push' | 'pull';

/** Something that one provider lets an operator choose, beyond the settings that all have. */
export interface ProviderChoice {
  readonly sort: ChoiceSort;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** Null: nothing, and what depends on it is left out or named as missing. */
  readonly default: string | null;
  /** All that may be chosen; null where only the PSA knows, or any text will do. */
  readonly values: readonly { readonly value: string; readonly name: string }[] | null;
  /** The PSA has a list of what may be chosen. */
  readonly isListed: boolean;
}

/** What a provider lets an operator choose, in the order in which it is shown. */
export function providerChoices(provider: string): readonly ProviderChoice[] {
  const { pullSettings, pushSettings } = adapterFor(provider).capabilities;
  return [
    ...pullSettings.map(({ choices, ...one }) => ({ ...one, sort: 'pull' as const, values: choices, isListed: false })),
    ...pushSettings.map(({ chosenFromList: isListed, ...one }) => ({
      ...one,
      ...{ sort: 'push' as const, values: null, isListed },
    })),
  ];
}

/** Why something can't be chosen, in words; null: it can. A null value goes back to the default. */
export function choiceProblem(provider: string, sort: ChoiceSort, name: string, value: string | null): string | null {
  const all = providerChoices(provider).filter((one) => one.sort === sort);
  const choice = all.find((one) => one.name === name);
  if (!choice) {
    const known = all.map((one) => one.name).join(', ') || 'none';
    return `${adapterFor(provider).title} has no ${sort} setting "${name}". There are: ${known}.`;
  }
  if (value === null || choice.values === null || choice.values.some((one) => one.value === value)) return null;
  return `${name} must be one of ${choice.values.map((one) => one.value).join(', ')}.`;
}

/** Choices after a change; a null takes one back to its default. */
export function changedChoices(
  before: IntegrationSettings['push'],
  change: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const kept = Object.entries({ ...before, ...change }).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(kept);
}
