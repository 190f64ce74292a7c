import { drawMsp } from '../../msp/draw-msp.ts';
import type { Context } from '../context.ts';
import { seedCompanies } from './companies.ts';
import { seedConfigurationItems } from './configuration-items.ts';
import { seedContacts } from './contacts.ts';
import { seedLookups } from './lookups.ts';

/** Fills an empty store with a believable MSP of so many records. The same size and seed give the same data. */
export function seedStore(context: Context, size: number, seed: number): void {
  const msp = drawMsp(size, seed);
  seedLookups(context, seed);
  const ids = seedCompanies(context, msp, seed);
  const contacts = seedContacts(context, msp, ids, seed);
  seedConfigurationItems(context, msp, ids, contacts, seed);
}
