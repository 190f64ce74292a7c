import { connectwise } from './connectwise/index.ts';
import type { PsaAdapter } from './contract.ts';

/** Every PSA that can be connected. */
export const adapters: readonly PsaAdapter[] = [connectwise];

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
