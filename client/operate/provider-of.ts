import type { Provider } from '../../db/apply/outside-run.ts';
import { adapterFor } from '../../psa/registry.ts';

/** What apply has to know of a provider. */
export function providerOf(provider: string): Provider {
  const { mappingVersion, capabilities } = adapterFor(provider);
  return { mappingVersion, gate: capabilities.gate, matching: capabilities.matching };
}
