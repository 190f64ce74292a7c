import type { IntegrationSettings } from '../../db/schema/integrations.ts';
import type { PushSettingTakes } from '../../psa/contract.ts';
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
  readonly takes: PushSettingTakes;
}

/** What a provider lets an operator choose, in the order in which it is shown. */
export function providerChoices(provider: string): readonly ProviderChoice[] {
  const { pullSettings, pushSettings } = adapterFor(provider).capabilities;
  return [
    ...pullSettings.map(({ choices, ...one }) => ({ ...one, sort: 'pull' as const, takes: choices })),
    ...pushSettings.map((one) => ({ ...one, sort: 'push' as const })),
  ];
}

/** Why something can't be chosen, told without asking the PSA, in words; null: nothing is known against it. A null value goes back to the default. */
export function choiceProblem(provider: string, sort: ChoiceSort, name: string, value: string | null): string | null {
  const all = providerChoices(provider).filter((one) => one.sort === sort);
  const choice = all.find((one) => one.name === name);
  if (!choice) {
    const known = all.map((one) => one.name).join(', ') || 'none';
    return `${adapterFor(provider).title} has no ${sort} setting "${name}". There are: ${known}.`;
  }
  return value === null ? null : misfit(choice, value);
}

function misfit({ sort, name, takes }: ProviderChoice, value: string): string | null {
  if (typeof takes !== 'string') {
    const values = takes.map((one) => one.value);
    return values.includes(value) ? null : `${name} must be one of ${values.join(', ')}.`;
  }
  if (takes === 'text' || /^\d+$/u.test(value)) return null;
  const wayOut = takes === 'row' ? `: \`psa-sync settings choices ${sort}.${name}\` lists them` : '';
  return `${name} must be a number of the PSA's${wayOut}.`;
}

/** Choices after a change; a null takes one back to its default. */
export function changedChoices(
  before: IntegrationSettings['push'],
  change: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const kept = Object.entries({ ...before, ...change }).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(kept);
}
