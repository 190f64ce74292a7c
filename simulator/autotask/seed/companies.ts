import type { Msp, MspCompany, MspSite } from '../../msp/msp.ts';
import type { RoleName } from '../../msp/roles.ts';
import { createRandom, type Random } from '../../random.ts';
import type { StoredRow } from '../../store/collection.ts';
import type { Context } from '../context.ts';
import { UDFS } from '../schema/entity.ts';
import { PICKLISTS } from '../schema/picklists.ts';
import { COMPANY_CATEGORY, COUNTRY_IDS, PERSON_IDS } from './lookups.ts';

const TYPE_OF: Readonly<Record<RoleName, number>> = {
  owner: 1,
  client: 1,
  lead: 2,
  prospect: 3,
  competitor: 4,
  'former client': 6,
  vendor: 7,
  partner: 8,
};

/** Ids by place in the drawn lists: the MSP itself is company 0. */
export interface CompanyIds {
  readonly companies: readonly number[];
  readonly locations: readonly number[];
}

/** Companies with their locations; the primary one's address is the company's. */
export function seedCompanies({ store }: Context, msp: Msp, seed: number): CompanyIds {
  const random = createRandom(seed, 'autotask/companies');
  const ids = idsFrom(random, 29_683_100, msp.companies.length - 1);
  const companies = [0, ...ids];
  const mains = msp.sites.slice(0, msp.companies.length);
  for (const [at, company] of msp.companies.entries()) {
    const row = companyRow(random, company, mains[at], companies[at] ?? 0);
    const parent = company.parent === undefined ? undefined : companies[company.parent];
    store.collection('Companies').add({ ...row, ...(parent !== undefined && { parentCompanyID: parent }) });
  }
  return { companies, locations: seedLocations(store, msp, companies, random) };
}

/** Ascending ids with gaps. */
export function idsFrom(random: Random, start: number, count: number): number[] {
  let id = start;
  return Array.from({ length: count }, () => (id += random.integer(1, 4)));
}

/** A phone is required, so people write what they like. */
const NO_PHONE = 'unknown';

function companyRow(random: Random, company: MspCompany, main: MspSite | undefined, id: number): StoredRow {
  const { name, shortName, role, standing, phone, fax, website, created, updated } = company;
  const delinquent = standing === 'delinquent' || standing === 'credit hold';
  return {
    id,
    companyName: name,
    companyNumber: random.chance(0.6) ? shortName : undefined,
    companyType: TYPE_OF[role],
    companyCategoryID: COMPANY_CATEGORY[role === 'lead' || role === 'prospect' ? 'prospect' : 'standard'],
    ownerResourceID: random.pick(PERSON_IDS.slice(0, -1)),
    isActive: standing !== 'inactive',
    classification: delinquent ? 19 : random.chance(0.4) ? random.pick([4, 9, 14]) : undefined,
    webAddress: website,
    ...addressRow(main),
    phone: phone ?? NO_PHONE,
    fax,
    territoryID: random.chance(0.5) ? random.pick(PICKLISTS.territory).value : undefined,
    createDate: created,
    lastActivityDate: updated,
    lastTrackedModifiedDateTime: updated,
    createdByResourceID: random.pick(PERSON_IDS),
    billToAddressToUse: 1,
    isTaxExempt: false,
    isClientPortalActive: random.chance(0.2),
    isTaskFireActive: false,
    ...(random.chance(0.3) && { [UDFS]: { 'CRM ID': `C-${id}`, Discount: random.chance(0.5) ? '0.0000' : null } }),
  };
}

function addressRow(site: MspSite | undefined): Record<string, unknown> {
  if (!site) return {};
  const { address1, address2, city, state, zip, country } = site;
  return { address1, address2, city, state, postalCode: zip, countryID: COUNTRY_IDS[country] };
}

function seedLocations(store: Context['store'], msp: Msp, companies: readonly number[], random: Random): number[] {
  const ids = idsFrom(random, 1000, msp.sites.length);
  const taken = new Set<string>();
  for (const [at, site] of msp.sites.entries()) {
    const companyID = companies[site.company] ?? 0;
    const company = store.get('Companies', companyID);
    store.collection('CompanyLocations').add({
      id: ids[at] ?? 0,
      companyID,
      name: unusedName(taken, companyID, site.name),
      ...addressRow(site),
      phone: site.main ? company?.['phone'] : site.phone,
      fax: site.main ? company?.['fax'] : site.fax,
      isActive: site.active,
      isPrimary: site.main,
      isTaxExempt: false,
      overrideCompanyTaxSettings: false,
    });
  }
  return ids;
}

/** Names of locations are unique within a company. */
function unusedName(taken: Set<string>, companyId: number, name: string): string {
  const keyOf = (text: string): string => `${companyId}/${text.toLowerCase()}`;
  let unused = name;
  for (let n = 2; taken.has(keyOf(unused)); n++) unused = `${name} ${n}`;
  taken.add(keyOf(unused));
  return unused;
}
