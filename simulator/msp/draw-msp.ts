import { createRandom } from '../random.ts';
import { drawCompanies } from './draw-companies.ts';
import { drawContacts } from './draw-contacts.ts';
import { drawDevices } from './draw-devices.ts';
import { drawSites } from './draw-sites.ts';
import type { Msp } from './msp.ts';
import { createFakers, type Fakers } from './people.ts';
import { sizesFor } from './sizes.ts';

/**
 * A believable MSP of so many records (companies, sites, contacts and devices together), for a vendor's folder to turn into
 * its own rows. The same size and seed give the same data. It has what trips programs in the field: the same company,
 * person, serial number or MAC address twice, blanks, odd characters, contacts without a company or a last name.
 */
export function drawMsp(size: number, seed: number): Msp {
  const sizes = sizesFor(size);
  const fakersFor = (kind: string): Fakers => createFakers(createRandom(seed, `msp/${kind}/faker`));
  const randomFor = (kind: string): ReturnType<typeof createRandom> => createRandom(seed, `msp/${kind}`);
  const drawn = drawCompanies(randomFor('companies'), fakersFor('companies'), sizes.companies);
  const sites = drawSites(randomFor('sites'), fakersFor('sites'), drawn, sizes.sites);
  const contacts = drawContacts(randomFor('contacts'), fakersFor('contacts'), drawn, sites, sizes.contacts);
  const devices = drawDevices(randomFor('devices'), drawn, sites, contacts, sizes.configurations);
  return { companies: drawn.map(({ company }) => company), sites, contacts, devices };
}
