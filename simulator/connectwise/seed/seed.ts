import { createRandom } from '../../random.ts';
import type { Store } from '../store/store.ts';
import { seedCompanies } from './companies.ts';
import { seedConfigurations } from './configurations.ts';
import { seedContacts } from './contacts.ts';
import { seedLookups } from './lookups.ts';
import { createFakers } from '../../msp/people.ts';
import { seedSites } from './sites.ts';
import { sizesFor } from '../../msp/sizes.ts';

/** Fills an empty store with a believable MSP of so many records. The same size and seed give the same data. */
export function seedStore(store: Store, size: number, seed: number): void {
  const sizes = sizesFor(size);
  seedLookups(store);
  const fakersFor = (stream: string): ReturnType<typeof createFakers> =>
    createFakers(createRandom(seed, `${stream}/faker`));
  const companies = seedCompanies(store, fakersFor('companies'), seed, sizes.companies);
  seedSites(store, fakersFor('sites'), companies, seed, sizes.sites);
  seedContacts(store, fakersFor('contacts'), companies, seed, sizes.contacts);
  seedConfigurations(store, companies, seed, sizes.configurations);
}
