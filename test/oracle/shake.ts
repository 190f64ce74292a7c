import type { Admin, RunningSimulator } from '../../simulator/start.ts';
import type { Random } from '../support/random.ts';
import { type PsaRows, psaRows } from './connectwise.ts';
import type { Row } from './theirs.ts';

const idOf = (row: Row | undefined): number => Number(row?.['id']);
const home = (row: Row) => (row['company'] as { id?: number } | undefined)?.id;

/** Fields that the simulator works out from other rows, and so does not take back. */
const COMPUTED = [
  ...['site', 'types', 'customFields', 'communicationItems', 'questions'],
  ...['defaultPhoneType', 'defaultPhoneNbr', 'defaultPhoneExtension'],
];

/** A row as it can be written back after its deletion; its site may have moved away meanwhile. */
function kept(row: Row): Row & { id: number } {
  return { ...Object.fromEntries(Object.entries(row).filter(([field]) => !COMPUTED.includes(field))), id: idOf(row) };
}

/** The same as another row, that has no number yet. */
const anew = (row: Row): Row => Object.fromEntries(Object.entries(kept(row)).filter(([field]) => field !== 'id'));

/** Things that happen in a PSA and that a sync must follow; those that chance picks do not always apply. */
type Shock = (admin: Admin, psa: PsaRows, random: Random, attic: Attic) => void;

/** Rows that were deleted and may come back. */
export type Attic = { readonly collection: string; readonly row: Row & { id: number } }[];

const SHOCKS: readonly Shock[] = [
  (admin, _psa, random) => {
    const seed = Math.floor(random.next() * 1e9);
    admin.mutate({ seed, insert: 8, change: 12, merge: random.chance(0.4) ? 1 : 0 });
    admin.mutate({ seed, delete: 3, collections: ['companies', 'contacts', 'configurations'] });
  },
  (admin, { sites }, random) => void admin.deleteRows('sites', random.some(sites, 2).map(idOf)),
  // A namesake in the same company.
  (admin, { contacts }, random) => {
    const [one, other] = random.some(contacts, 2);
    const { firstName, lastName, company } = other ?? {};
    admin.putRows('contacts', [{ id: idOf(one), firstName, lastName, company, site: undefined }]);
  },
  (admin, { contacts }, random) => {
    const { firstName, lastName, company } = random.pick(contacts);
    admin.putRows('contacts', [{ firstName: String(firstName).toUpperCase(), lastName, company, inactiveFlag: false }]);
  },
  (admin, { configurations }, random) => {
    const { name, type, company, status, serialNumber } = random.pick(configurations);
    const serial = random.chance(0.5) ? serialNumber : 'ANOTHER';
    admin.putRows('configurations', [{ name, type, company, status, serialNumber: serial, activeFlag: true }]);
  },
  (admin, { sites }, random) => {
    const { id: _id, _info, customFields: _fields, ...site } = random.pick(sites);
    admin.putRows('sites', [{ ...site, primaryAddressFlag: false }]);
  },
  // A company called as another, or anew.
  (admin, { companies }, random) => {
    const [one, other] = random.some(companies, 2);
    admin.putRows('companies', [
      { id: idOf(one), name: random.chance(0.5) ? other?.['name'] : `Renamed ${idOf(one)}` },
    ]);
  },
  // In and out of the gate.
  (admin, { companies }, random) => {
    for (const row of random.some(companies, 2))
      admin.putRows('companies', [{ id: idOf(row), status: { id: random.pick([1, 1, 2, 6]) } }]);
  },
  (admin, { configurations }, random) => {
    for (const row of random.some(configurations, 5))
      admin.putRows('configurations', [
        { id: idOf(row), status: { id: random.pick([1, 2, 6]) }, type: { id: random.pick([1, 3, 4]) } },
      ]);
  },
  (admin, _psa, random) => {
    const associations = [...admin.state('companyTypeAssociations')] as Row[];
    admin.deleteRows('companyTypeAssociations', random.some(associations, 2).map(idOf));
  },
  // Blanks.
  (admin, { contacts, configurations }, random) => {
    for (const row of random.some(contacts, 6))
      admin.putRows('contacts', [{ id: idOf(row), title: undefined, lastName: row['lastName'] }]);
    for (const row of random.some(configurations, 6))
      admin.putRows('configurations', [{ id: idOf(row), notes: undefined, tagNumber: '' }]);
  },
  // A contact that leaves its company under its devices, and a device that leaves its contact.
  (admin, { companies, configurations }, random) => {
    for (const row of random.some(
      configurations.filter((candidate) => candidate['contact'] !== undefined),
      4,
    )) {
      const company = { id: idOf(random.pick(companies)) };
      const contact = row['contact'] as { id: number };
      if (random.chance(0.5)) admin.putRows('contacts', [{ id: contact.id, company, site: undefined }]);
      else admin.putRows('configurations', [{ id: idOf(row), company, site: undefined }]);
    }
  },
  // References to and fro.
  (admin, { configurations, contacts, sites }, random) => {
    for (const row of random.some(configurations, 6)) {
      const neighbours = contacts.filter((contact) => home(contact) === home(row));
      const contact = random.pick([...neighbours, random.pick(contacts)]);
      const [site] = random.some(
        sites.filter((candidate) => home(candidate) === home(row)),
        1,
      );
      admin.putRows('configurations', [
        { id: idOf(row), contact: { id: idOf(contact) }, site: site && { id: idOf(site) } },
      ]);
    }
  },
  // Deleted, and back again under the same id.
  (admin, { contacts, configurations }, random, attic) => {
    for (const [collection, rows] of [
      ['contacts', contacts],
      ['configurations', configurations],
    ] as const) {
      for (const row of random.some(rows, 2)) {
        attic.push({ collection, row: kept(row) });
        admin.deleteRows(collection, [idOf(row)]);
      }
    }
  },
  (admin, _psa, _random, attic) => {
    for (const { collection, row } of attic.splice(0)) admin.putRows(collection, [row]);
  },
  // Made anew under another id: a device, or a company with what belongs to it.
  (admin, { configurations }, random) => {
    const device = random.pick(configurations);
    admin.deleteRows('configurations', [idOf(device)]);
    admin.putRows('configurations', [anew(device)]);
  },
  (admin, { companies, contacts }, random) => {
    const company = random.pick(companies);
    const [heir] = admin.putRows('companies', [{ ...anew(company), identifier: `Anew${idOf(company)}` }]);
    const types = (company['types'] ?? []) as { id: number }[];
    admin.putRows(
      'companyTypeAssociations',
      types.map(({ id }) => ({ company: { id: heir }, type: { id } })),
    );
    const people = contacts.filter((row) => home(row) === idOf(company));
    admin.putRows(
      'contacts',
      people.map((row) => ({ ...anew(row), company: { id: heir } })),
    );
    admin.deleteRows('contacts', people.map(idOf));
    if (random.chance(0.5)) admin.deleteRows('companies', [idOf(company)]);
    else admin.putRows('companies', [{ id: idOf(company), deletedFlag: true }]);
  },
  (admin, { contacts }, random) => {
    const { id, firstName, lastName, company } = random.pick(contacts);
    admin.deleteRows('contacts', [Number(id)]);
    admin.putRows('contacts', [{ firstName, lastName, company, inactiveFlag: false }]);
  },
];

/** Some of all that, by chance. */
export function shake(simulator: RunningSimulator, random: Random, attic: Attic): void {
  for (const shock of random.some(SHOCKS, 6)) shock(simulator.admin, psaRows(simulator), random, attic);
}
