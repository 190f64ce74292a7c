import type { Context } from '../../context.ts';
import { isReference, type Row, type Stamp } from '../../store/row.ts';

/** A company's address is that of its primary site: both show it, and writing one writes the other. */
const SHARED = ['addressLine1', 'addressLine2', 'city', 'zip', 'country'] as const;

/** The state that a company's free text names, if it is in the table. */
function stateNamed(context: Context, text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  const wanted = text.toLowerCase();
  const states = context.store.collection('states');
  const matches = (value: unknown): boolean => typeof value === 'string' && value.toLowerCase() === wanted;
  const row = states.all().find((state) => matches(state['identifier']) || matches(state['name']));
  return row && states.reference(row);
}

export function siteAddressOf(context: Context, company: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const address = Object.fromEntries(SHARED.map((field) => [field, company[field]]));
  return { ...address, stateReference: stateNamed(context, company['state']) };
}

export function companyAddressOf(site: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const address = Object.fromEntries(SHARED.map((field) => [field, site[field]]));
  const state = site['stateReference'];
  return { ...address, state: isReference(state) ? state['identifier'] : undefined };
}

export function primarySite(context: Context, companyId: number): Row | undefined {
  return context.store
    .collection('sites')
    .by('company', companyId)
    .find((site) => site['primaryAddressFlag'] === true);
}

/** Makes a site the only primary one of its company, and its address the company's. */
export function makePrimary(context: Context, company: Row, site: Row, stamp: Stamp): void {
  const { store } = context;
  for (const other of store.collection('sites').by('company', company.id)) {
    const isPrimary = other.id === site.id;
    if (other['primaryAddressFlag'] !== isPrimary) store.update('sites', other, { primaryAddressFlag: isPrimary });
  }
  store.update('companies', company, { ...companyAddressOf(site), site: store.reference('sites', site.id) }, stamp);
}
