import { z } from 'zod';
import type { Context } from '../context.ts';
import { referredId, type Row, type Stamp } from '../store/row.ts';
import { companyAddressOf, primarySite, siteAddressOf } from './rules/addresses.ts';

/** Which fields of the company each choice of the merge takes along. */
const CHOICES = {
  name: ['name'],
  identifier: ['identifier'],
  status: ['status'],
  phone: ['phoneNumber'],
  fax: ['faxNumber'],
  website: ['website'],
  market: ['market'],
  territory: ['territory'],
  revenue: ['annualRevenue'],
  revenueYear: ['revenueYear'],
  numberOfEmployees: ['numberOfEmployees'],
  sicCode: ['sicCode'],
  dateAcquired: ['dateAcquired'],
  timeZone: ['timeZoneSetup'],
  sourceList: ['leadSource'],
  taxCode: ['taxCode'],
  accountNumber: ['accountNumber'],
  billingTerms: ['billingTerms'],
} as const;

const side = z.enum(['From', 'To']).nullish();
const part = z.enum(['Discard', 'Merge']).nullish();
const choice = Object.fromEntries(Object.keys(CHOICES).map((name) => [name, side])) as Record<
  keyof typeof CHOICES,
  typeof side
>;

/** The body of a merge: which side each value comes from, and what becomes of the parts. */
export const mergeSchema = z.looseObject({
  toCompanyId: z.number().int(),
  ...choice,
  primaryAddress: side,
  sites: part,
  contacts: part,
});
export type MergeChoices = z.output<typeof mergeSchema>;

/** Moves rows of the merged company to the other one; their sites are dropped unless they come along. */
function move(context: Context, name: 'contacts' | 'configurations', from: Row, to: Row, stamp: Stamp): void {
  const { store } = context;
  const main = primarySite(context, to.id);
  for (const row of [...store.collection(name).by('company', from.id)]) {
    const siteId = referredId(row['site']);
    const site = siteId === undefined ? undefined : store.get('sites', siteId);
    const staysValid = referredId(site?.['company']) === to.id;
    const newSite = staysValid || !site ? row['site'] : main && store.reference('sites', main.id);
    const values = { company: store.reference('companies', to.id), site: newSite };
    store.update(name, row, name === 'contacts' ? { ...values, defaultFlag: false } : values, stamp);
  }
}

function moveSites(context: Context, from: Row, to: Row, stamp: Stamp): void {
  const { store } = context;
  const taken = new Set(
    store
      .collection('sites')
      .by('company', to.id)
      .map((site) => String(site['name']).toLowerCase()),
  );
  for (const site of [...store.collection('sites').by('company', from.id)]) {
    const name = String(site['name']);
    const values = {
      company: store.reference('companies', to.id),
      name: taken.has(name.toLowerCase()) ? `${name} (${from.id})`.slice(0, 50) : name,
      primaryAddressFlag: false,
    };
    store.update('sites', site, values, stamp);
  }
}

/**
 * Merges one company into another: the merged one stays Active and gets `deletedFlag`, and its `lastUpdated` does not
 * move (unless the settings say so), which is how an incremental read misses it.
 */
export function merge(context: Context, from: Row, to: Row, choices: MergeChoices, stamp: Stamp): void {
  const { store, settings } = context;
  const names = Object.keys(CHOICES) as (keyof typeof CHOICES)[];
  const taken = names.filter((name) => choices[name] === 'From').flatMap((name) => CHOICES[name]);
  const values: Record<string, unknown> = Object.fromEntries(taken.map((field) => [field, from[field]]));
  const main = primarySite(context, to.id);
  if (choices.primaryAddress === 'From' && main) {
    store.update('sites', main, siteAddressOf(context, from), stamp);
    Object.assign(values, companyAddressOf(main));
  }
  if (choices.sites !== 'Discard') moveSites(context, from, to, stamp);
  if (choices.contacts !== 'Discard') move(context, 'contacts', from, to, stamp);
  move(context, 'configurations', from, to, stamp);
  const left = {
    // Identifiers are unique: taking one over gives the other away.
    identifier: choices.identifier === 'From' ? to['identifier'] : from['identifier'],
    deletedFlag: true,
    defaultContact: undefined,
    site: choices.sites === 'Discard' ? from['site'] : undefined,
  };
  store.update('companies', from, left, settings.mergeMovesLastUpdated ? stamp : undefined);
  store.update('companies', to, values, stamp);
  context.announce({ action: 'updated', collection: 'companies', row: to, by: stamp.by });
}
