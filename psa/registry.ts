import type { Kind } from '../domain/kinds.ts';
import type { ProviderRules, RuledIntegration } from '../domain/provider-rules.ts';
import { autotask } from './autotask/index.ts';
import { connectwise } from './connectwise/index.ts';
import type { PsaAdapter, PullChoice } from './contract.ts';
import { kaseyaBms, pulseway, vorex } from './kaseya-bms/index.ts';
import { tigerpaw } from './tigerpaw/index.ts';

/** Every PSA that can be connected. */
export const adapters: readonly PsaAdapter[] = [connectwise, autotask, kaseyaBms, vorex, pulseway, tigerpaw];

/** The one that the demo shows. */
export const demoAdapter: PsaAdapter = connectwise;

/** The adapter of a provider. Throws an error that lists the known ones. */
export function adapterFor(provider: string): PsaAdapter {
  const adapter = adapters.find((known) => known.provider === provider);
  if (adapter) return adapter;
  const known = adapters.map((one) => one.provider).join(', ');
  throw new RangeError(`no PSA is called ${JSON.stringify(provider)}; known are: ${known}`);
}

/** What IT Glue's API calls each provider (`psa_integration_type`). */
export const itGlueNames: Readonly<Record<string, string>> = {
  manage: 'connectwise',
  autotask: 'autotask',
  tigerpaw: 'tigerpaw',
  'kaseya-bms': 'kaseya-bms',
  'pulseway-psa': 'pulseway',
  vorex: 'vorex',
};

/** What edits have to know of providers, out of their mapping tables and capabilities. */
export const providerRules: ProviderRules = {
  directionOf(integration, kind, field) {
    const direction = mappingRow(integration.provider, kind, field)?.direction ?? null;
    return direction === 'both' && isOneWay(integration, kind, field) ? 'pull' : direction;
  },
  isTwoWay: (provider) => adapterFor(provider).capabilities.twoWay,
  gateOf: (provider, kind) => adapterFor(provider).capabilities.gate[kind],
  isText: (provider, kind, field) => mappingRow(provider, kind, field)?.transform === 'namedByText',
};

/** What the operator chose of what is read, or its defaults. */
export function pullChoices({ provider, settings }: RuledIntegration): readonly PullChoice[] {
  return adapterFor(provider).capabilities.pullSettings.flatMap(({ name, default: usual, choices }) => {
    const chosen = settings.pull?.[name] ?? usual;
    return choices.filter(({ value }) => value === chosen);
  });
}

/** Whether what was chosen leaves a field without a way back. */
function isOneWay(integration: RuledIntegration, kind: Kind, field: string): boolean {
  return pullChoices(integration).some(({ oneWay }) => oneWay[kind] === 'all' || oneWay[kind]?.includes(field));
}

function mappingRow(provider: string, kind: Kind, field: string) {
  return adapterFor(provider).mapping[kind]?.find((row) => row.field === field);
}
