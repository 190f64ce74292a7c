import { createHash } from 'node:crypto';
import type { RunningSimulator } from '../../simulator/start.ts';
import { autotaskReading, rowsOf, text } from './autotask.ts';
import { fold } from './fold.ts';
import type { PsaReading } from './psa-reading.ts';
import type { Kind, PsaView, Row, Their, TheirRecord, Unreadable } from './theirs.ts';

/**
 * The simulated Autotask where locations are made of addresses: one for each address that a company or its contacts have, known
 * by the company and by what the address says.
 */

const compared = ['address1', 'address2', 'city', 'region', 'postalCode', 'country'] as const;

type Address = Readonly<Record<(typeof compared)[number] | 'phone' | 'fax', string | null>>;

function idOf(company: number, address: Address): string {
  const lines = JSON.stringify(compared.map((line) => fold(address[line])));
  return `${company}-${createHash('sha256').update(lines).digest('hex').slice(0, 12)}`;
}

/** Where a company is, and where a contact lives; a town alone is no address. */
function readerOf(simulator: RunningSimulator): (row: Row) => Address | null {
  const countries = new Map(rowsOf(simulator, 'Countries').map((one) => [one['id'], text(one['displayName'])]));
  return (row) => {
    const isContact = 'firstName' in row;
    const [first, second, zip] = isContact
      ? ['addressLine', 'addressLine1', 'zipCode']
      : ['address1', 'address2', 'postalCode'];
    if (text(row[first]) === null) return null;
    return {
      address1: text(row[first]),
      address2: text(row[second]),
      city: text(row['city']),
      region: text(row['state']),
      postalCode: text(row[zip]),
      country: countries.get(row['countryID']) ?? null,
      phone: isContact ? null : text(row['phone']),
      fax: isContact ? null : text(row['fax']),
    };
  };
}

const byId = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => Number(a['id']) - Number(b['id']));

const companyOf = ({ id }: TheirRecord): number => Number(id.split('-')[0]);

function locations(companies: readonly Row[], contacts: readonly Row[], read: (row: Row) => Address | null) {
  const known = new Map<string, TheirRecord>();
  for (const row of [...companies, ...contacts]) {
    const company = Number('firstName' in row ? row['companyID'] : row['id']);
    const address = read(row);
    if (address === null || known.has(idOf(company, address))) continue;
    const id = idOf(company, address);
    const organization: Their = { to: 'organization', id: String(company) };
    const fields = { organization, name: address.address1, ...address };
    known.set(id, { id, types: [], status: null, deleted: false, fields });
  }
  // By company, as they are read, and then by their ids.
  return [...known.values()].sort((a, b) => companyOf(a) - companyOf(b) || (a.id < b.id ? -1 : 1));
}

function viewOf(simulator: RunningSimulator): PsaView {
  const plain = autotaskReading.view(simulator);
  const [companies, contacts] = [byId(rowsOf(simulator, 'Companies')), byId(rowsOf(simulator, 'Contacts'))];
  const read = readerOf(simulator);

  /** The location of a row, as another record refers to it. */
  const at = (rows: readonly Row[], id: string, company: string): Their => {
    const row = rows.find((one) => String(one['id']) === id);
    const address = row && read(row);
    return address ? { to: 'location', id: idOf(Number(row[company]), address) } : null;
  };
  const placed = (kind: Kind, their: TheirRecord | Unreadable): TheirRecord | Unreadable => {
    if ('unreadable' in their) return their;
    const { id, fields } = their;
    switch (kind) {
      case 'organization':
        return { ...their, fields: { ...fields, primaryLocation: at(companies, id, 'id') } };
      case 'contact':
        return { ...their, fields: { ...fields, location: at(contacts, id, 'companyID') } };
      default:
        return { ...their, fields: { ...fields, location: null } };
    }
  };
  return (kind) =>
    kind === 'location' ? locations(companies, contacts, read) : plain(kind).map((their) => placed(kind, their));
}

export const autotaskAddressesReading: PsaReading = {
  ...autotaskReading,
  underOrganization: ['location'],
  view: viewOf,
};
