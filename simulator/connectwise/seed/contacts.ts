import { oddly } from '../../msp/odd-text.ts';
import { asciiWord, emailAddress, phoneNumber, TITLES, type Fakers } from '../../msp/people.ts';
import { weightedPicker } from '../../msp/sizes.ts';
import { createRandom, type Random } from '../../random.ts';
import { CUSTOM_VALUES } from '../read/computed.ts';
import { textOf, type Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { SeededCompany } from './companies.ts';
import { seededInfo } from './info.ts';

const EMAIL = 1;
const DIRECT = 2;
const FAX = 3;
const CELL = 4;
const HOME = 5;
const EMAIL_2 = 6;

/** Contacts with their communications and types; one default contact for most companies that have any. */
export function seedContacts(
  store: Store,
  fakers: Fakers,
  companies: readonly SeededCompany[],
  seed: number,
  count: number,
): void {
  const random = createRandom(seed, 'contacts');
  const contacts = store.collection('contacts');
  const pick = weightedPicker(
    companies.map(({ contactWeight }) => contactWeight),
    random.next,
  );
  let id = 40_000;
  let previous: Row | undefined;
  for (let n = 0; n < count; n++) {
    id += random.integer(1, 2);
    const company = random.chance(0.01) ? undefined : companies[pick()];
    const contact = contactOf(store, fakers, company, random, id);
    // The same person entered twice.
    const twin = previous && random.chance(0.005) ? previous : undefined;
    if (twin)
      Object.assign(contact, { firstName: twin['firstName'], lastName: twin['lastName'], company: twin['company'] });
    contacts.add(contact);
    addCommunications(store, contact, company?.domain ?? 'example.com', random);
    if (random.chance(0.3)) addType(store, contact, random.integer(1, 7));
    if (random.chance(0.02)) addType(store, contact, 6);
    if (company && company.row['defaultContact'] === undefined && random.chance(0.5)) {
      contact['defaultFlag'] = true;
      company.row['defaultContact'] = contacts.reference(contact);
    }
    previous = contact;
  }
}

function contactOf(store: Store, fakers: Fakers, company: SeededCompany | undefined, random: Random, id: number): Row {
  const { person } = fakers[company?.locale ?? 'en'];
  const sites = company ? store.collection('sites').by('company', company.row.id) : [];
  const site = sites.length > 0 && random.chance(0.8) ? random.pick(sites) : undefined;
  const row: Row = {
    id,
    _info: seededInfo(random, false),
    firstName: oddly(random, person.firstName(), 30),
    lastName: random.chance(0.985) ? oddly(random, person.lastName(), 30) : undefined,
    company: company && store.collection('companies').reference(company.row),
    site: site && store.collection('sites').reference(site),
    title: random.chance(0.55) ? random.pick(TITLES) : undefined,
    department: random.chance(0.2) ? store.reference('contactDepartments', random.integer(1, 8)) : undefined,
    relationship: random.chance(0.03) ? store.reference('relationships', random.integer(1, 4)) : undefined,
    inactiveFlag: random.chance(0.12),
    nickName: random.chance(0.02) ? person.firstName() : undefined,
    marriedFlag: false,
    childrenFlag: false,
    disablePortalLoginFlag: true,
    unsubscribeFlag: random.chance(0.04),
    defaultBillingFlag: false,
    defaultFlag: false,
    companyLocation: random.chance(0.7) ? store.reference('systemLocations', 11) : undefined,
  };
  if (random.chance(0.05)) row[CUSTOM_VALUES] = { 4: `B-${random.integer(100, 9999)}` };
  return row;
}

function addCommunications(store: Store, contact: Row, domain: string, random: Random): void {
  const first = asciiWord(textOf(contact['firstName'])).toLowerCase();
  const last = asciiWord(textOf(contact['lastName'])).toLowerCase();
  const address = emailAddress(random, first, last, domain);
  const communications = store.collection('communications');
  const defaults = new Set<string>();
  const add = (type: number, communicationType: 'Email' | 'Phone' | 'Fax', value: string, extension?: string): void => {
    const row: Row = {
      id: communications.nextId(),
      _info: contact._info,
      contactId: contact.id,
      type: store.reference('communicationTypes', type),
      value,
      defaultFlag: !defaults.has(communicationType),
      communicationType,
    };
    if (extension !== undefined) row['extension'] = extension;
    if (communicationType === 'Email') row['domain'] = `@${value.split('@')[1] ?? ''}`;
    defaults.add(communicationType);
    communications.add(row);
  };
  const extension = random.chance(0.3) ? String(random.integer(100, 999)) : undefined;
  if (random.chance(0.86)) add(EMAIL, 'Email', address);
  if (random.chance(0.65)) add(DIRECT, 'Phone', phoneNumber(random), extension);
  if (random.chance(0.4)) add(CELL, 'Phone', phoneNumber(random));
  if (random.chance(0.04)) add(HOME, 'Phone', phoneNumber(random));
  if (random.chance(0.06)) add(FAX, 'Fax', phoneNumber(random));
  if (random.chance(0.05)) add(EMAIL_2, 'Email', `${first}${random.integer(1, 99)}@gmail.com`);
  // Several items of one type are legal.
  if (random.chance(0.02)) add(CELL, 'Phone', phoneNumber(random));
}

function addType(store: Store, contact: Row, type: number): void {
  const associations = store.collection('contactTypeAssociations');
  const known = associations.by('contact', contact.id).some((row) => (row['type'] as { id: number }).id === type);
  if (known) return;
  associations.add({
    id: associations.nextId(),
    _info: contact._info,
    type: store.reference('contactTypes', type),
    contact: store.collection('contacts').reference(contact),
  });
}
