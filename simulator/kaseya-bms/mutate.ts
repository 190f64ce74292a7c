import { DEVICE_TYPES } from '../msp/device-kinds.ts';
import { mutateAtRandom, pickLiving } from '../mutate.ts';
import type { Mutation, MutationReport } from '../psa.ts';
import type { Random } from '../random.ts';
import type { Context } from './context.ts';
import { release } from './release.ts';
import { OWN_ACCOUNT } from './seed.ts';
import { MAIN, type Main, type Row } from './tables.ts';

/** The user who changes things behind the API's back. */
const SOMEBODY = 2;

const mayChange = (): boolean => true;

/** Inserts, changes and deletes at random, as people at the MSP would. The product can't merge accounts. */
export function mutate(context: Context, mutation: Mutation): MutationReport {
  const { tables } = context;
  const rows = (name: Main): readonly Row[] => tables.collection(name).all();
  return mutateAtRandom<Main, Row>(
    {
      names: MAIN,
      rows,
      insert: (name, random) => insert(context, name, random),
      mayChange,
      change: (name, row, random) => change(context, name, row, random),
      mayGo: (name, row) =>
        name === 'accounts' ? row.id !== OWN_ACCOUNT : name !== 'locations' || row['isMain'] !== true,
      remove: (name, row) => {
        tables.remove(name, row);
        release(tables, name, row);
      },
    },
    mutation,
  );
}

function insert(context: Context, name: Main, random: Random): Row {
  const { tables } = context;
  const serial = random.integer(100_000, 999_999_999);
  const rows = (of: Main): readonly Row[] => tables.collection(of).all();
  const accountId = name === 'accounts' ? 0 : (pickLiving({ rows, mayChange }, 'accounts', random)?.id ?? 0);
  const add = (to: Main, values: Readonly<Record<string, unknown>>): Row => context.insert(to, values, false, SOMEBODY);
  const main = { isMain: true, isActive: true, locationName: 'Main', addresses: [] };
  switch (name) {
    case 'accounts': {
      const kinds = { accountTypeId: 1, businessTypeId: 1, accountManagerId: 1, parentId: null };
      const account = add(name, { accountName: `New Account ${serial}`, accountCode: null, isActive: true, ...kinds });
      add('locations', { ...main, accountId: account.id });
      return account;
    }
    case 'locations':
      return add(name, { ...main, isMain: false, locationName: `New Site ${serial}`, accountId });
    case 'contacts': {
      const flags = { isPoc: false, isActive: true, isBillable: false, canRecieveInvoices: false };
      const person = { firstName: 'New', lastName: `Person ${serial}`, jobTitle: null, emails: [], phones: [] };
      return add(name, { ...person, ...flags, accountId, locationId: null, effectiveDate: null });
    }
    case 'assets': {
      const categoryId = random.integer(1, DEVICE_TYPES.length);
      const place = tables.collection('locations').by('accountId', accountId)[0]?.id ?? null;
      const device = { name: `NEW-PC${serial}`, serialNumber: `NEW${serial}`, categoryId, isActive: true };
      return add(name, { ...device, accountId, accountLocationId: place, contactId: null });
    }
  }
}

/** Changes a field that every row of the kind has. */
function change(context: Context, name: Main, row: Row, random: Random): void {
  const serial = random.integer(1, 999_999);
  const values = {
    accounts: { accountCode: `C${serial}` },
    locations: { locationName: `Site ${serial}` },
    contacts: { jobTitle: `Title ${serial}` },
    assets: { description: `Seen ${serial}` },
  }[name];
  context.update(name, row, values, SOMEBODY);
}
