import { DEVICE_TYPES } from '../msp/device-kinds.ts';
import { mutateAtRandom, pickLiving } from '../mutate.ts';
import type { Mutation, MutationReport } from '../psa.ts';
import type { Random } from '../random.ts';
import type { Context } from './context.ts';
import { referredId, type Reference, type Row, type Stamp } from './store/row.ts';
import { makePrimary } from './write/rules/addresses.ts';
import { remove } from './write/save.ts';
import { merge } from './write/merge.ts';

const MAIN = ['companies', 'sites', 'contacts', 'configurations'] as const;
type Main = (typeof MAIN)[number];

/** Who changes things behind the API's back. */
const SOMEBODY = 'JSmith';

const mayChange = (_: Main, row: Row): boolean => row['deletedFlag'] !== true;

function someCompany({ store }: Context, random: Random): Reference | undefined {
  const rows = (name: Main): readonly Row[] => store.collection(name).all();
  const company = pickLiving({ rows, mayChange }, 'companies', random);
  return company && store.reference('companies', company.id);
}

function newValues(context: Context, name: Main, random: Random, serial: number): Record<string, unknown> {
  const { store } = context;
  const company = name === 'companies' ? undefined : someCompany(context, random);
  switch (name) {
    case 'companies':
      return {
        identifier: `New${serial}`,
        name: `New Company ${serial}`,
        status: store.reference('companyStatuses', 1),
        deletedFlag: false,
      };
    case 'sites':
      return {
        name: `New Site ${serial}`,
        addressLine1: `${serial} New Street`,
        city: 'Tampa',
        company,
        primaryAddressFlag: false,
      };
    case 'contacts':
      return { firstName: 'New', lastName: `Person ${serial}`, company, inactiveFlag: false };
    case 'configurations':
      return {
        name: `NEW-PC${serial}`,
        type: store.reference('configurationTypes', random.integer(1, DEVICE_TYPES.length)),
        status: store.reference('configurationStatuses', 1),
        company,
        serialNumber: `NEW${serial}`,
        activeFlag: true,
      };
  }
}

function insert(context: Context, name: Main, random: Random, stamp: Stamp): Row {
  const { store } = context;
  const serial = random.integer(100_000, 999_999_999);
  const row = store.create(name, newValues(context, name, random, serial), stamp);
  if (name === 'companies') {
    const company = store.reference('companies', row.id);
    const site = store.create('sites', { name: 'Main', company, primaryAddressFlag: true }, stamp);
    store.update('companies', row, { site: store.reference('sites', site.id) });
    store.create('companyTypeAssociations', { type: store.reference('companyTypes', 1), company }, stamp);
  }
  context.announce({ action: 'added', collection: name, row, by: stamp.by });
  return row;
}

/** Changes a field that every row of the kind has. */
function change(context: Context, name: Main, row: Row, random: Random, stamp: Stamp): void {
  const serial = random.integer(1, 999_999);
  const values = {
    companies: { phoneNumber: `555${serial}` },
    sites: { addressLine2: `Floor ${serial}` },
    contacts: { title: `Title ${serial}` },
    configurations: { notes: `Seen ${serial}`, lastLoginName: `user${serial}` },
  }[name];
  context.store.update(name, row, values, stamp);
  const company = name === 'sites' ? context.store.get('companies', referredId(row['company']) ?? 0) : undefined;
  if (company && row['primaryAddressFlag'] === true) makePrimary(context, company, row, stamp);
  context.announce({ action: 'updated', collection: name, row, by: stamp.by });
}

function mayGo(name: Main, row: Row): boolean {
  if (name === 'companies') return row['deletedFlag'] !== true && row.id > 3;
  return name !== 'sites' || row['primaryAddressFlag'] !== true;
}

/** Inserts, changes, deletes and merges at random, as people at the MSP would; the same seed does the same. */
export function mutate(context: Context, mutation: Mutation): MutationReport {
  const stamp = context.stamp(SOMEBODY);
  return mutateAtRandom<Main, Row>(
    {
      names: MAIN,
      rows: (name) => context.store.collection(name).all(),
      insert: (name, random) => insert(context, name, random, stamp),
      mayChange,
      change: (name, row, random) => change(context, name, row, random, stamp),
      mayGo,
      remove: (name, row) => {
        if (name === 'sites') leaveSite(context, row);
        remove(context, name, row, stamp, new URLSearchParams());
      },
      merge: (from, to) => merge(context, from, to, { toCompanyId: to.id }, stamp),
    },
    mutation,
  );
}

/** A site in use can't be deleted: its contacts and devices lose it first. */
function leaveSite(context: Context, site: Row): void {
  const { store } = context;
  const companyId = referredId(site['company']) ?? 0;
  for (const name of ['contacts', 'configurations'] as const) {
    for (const row of store.collection(name).by('company', companyId)) {
      if (referredId(row['site']) === site.id) store.update(name, row, { site: undefined });
    }
  }
}
