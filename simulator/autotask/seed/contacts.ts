import type { Msp, MspContact } from '../../msp/msp.ts';
import { createRandom, type Random } from '../../random.ts';
import type { StoredRow } from '../../store/collection.ts';
import type { Context } from '../context.ts';
import { idsFrom, type CompanyIds } from './companies.ts';
import { COUNTRY_IDS } from './lookups.ts';

/** A last name is required, so people write what they like. */
const NO_LAST_NAME = '.';

/** Contacts; those of no company, which Autotask can't have, are the MSP's own. */
export function seedContacts(
  { store }: Context,
  msp: Msp,
  { companies, locations }: CompanyIds,
  seed: number,
): number[] {
  const random = createRandom(seed, 'autotask/contacts');
  const ids = idsFrom(random, 30_682_000, msp.contacts.length);
  for (const [at, contact] of msp.contacts.entries()) {
    const companyID = companies[contact.company ?? 0] ?? 0;
    const location = contact.site === undefined ? undefined : locations[contact.site];
    store.collection('Contacts').add({
      ...contactRow(contact, ids[at] ?? 0),
      companyID,
      companyLocationID: location,
      ...addressOf(random, location === undefined ? undefined : store.get('CompanyLocations', location)),
    });
  }
  return ids;
}

function contactRow(contact: MspContact, id: number): StoredRow {
  const { firstName, lastName, title, email, secondEmail, phone, extension, mobile, homePhone, fax } = contact;
  return {
    id,
    firstName,
    lastName: lastName ?? NO_LAST_NAME,
    isActive: contact.active ? 1 : 0,
    title,
    emailAddress: email,
    emailAddress2: secondEmail,
    phone,
    extension,
    mobilePhone: mobile,
    alternatePhone: homePhone,
    faxNumber: fax,
    primaryContact: contact.main,
    receivesEmailNotifications: true,
    createDate: contact.created,
    lastActivityDate: contact.updated,
    lastModifiedDate: contact.updated,
  };
}

/** A contact's own address: that of its location as often as not, another one now and then. */
function addressOf(random: Random, location: StoredRow | undefined): Record<string, unknown> {
  const [copied, own] = [random.chance(0.4), random.chance(0.08)];
  if (own) {
    const addressLine = `${random.integer(1, 990)} Home Street`;
    return {
      addressLine,
      city: 'Tampa',
      state: 'FL',
      zipCode: String(random.integer(33_600, 33_699)),
      countryID: COUNTRY_IDS.US,
    };
  }
  if (!copied || !location) return {};
  const { address1, address2, city, state, postalCode, countryID } = location;
  return { addressLine: address1, addressLine1: address2, city, state, zipCode: postalCode, countryID };
}
