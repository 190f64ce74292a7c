import { mutateAtRandom, pickLiving, type Hands } from '../mutate.ts';
import type { Mutation, MutationReport } from '../psa.ts';
import type { Random } from '../random.ts';
import type { StoredRow } from '../store/collection.ts';
import type { Values } from '../store/store.ts';
import type { Context } from './context.ts';
import { PICKLISTS } from './schema/picklists.ts';
import { PERSON_IDS } from './seed/lookups.ts';
import { addRow, changeRow, removeRow } from './write/write-row.ts';

const MAIN = ['Companies', 'CompanyLocations', 'Contacts', 'ConfigurationItems'] as const;
type Main = (typeof MAIN)[number];

const mayChange = (_: Main, row: StoredRow): boolean => row['isActive'] !== false && row['isActive'] !== 0;

function newValues({ store }: Context, name: Main, companyID: number, random: Random): Values {
  const serial = random.integer(100_000, 999_999_999);
  switch (name) {
    case 'Companies':
      return {
        companyName: `New Company ${serial}`,
        companyType: 1,
        ownerResourceID: PERSON_IDS[0],
        phone: `555${serial}`,
        isActive: true,
      };
    case 'CompanyLocations':
      return {
        companyID,
        name: `New Site ${serial}`,
        address1: `${serial} New Street`,
        city: 'Tampa',
        isActive: true,
        isPrimary: false,
      };
    case 'Contacts':
      return { companyID, firstName: 'New', lastName: `Person ${serial}`, isActive: 1 };
    case 'ConfigurationItems':
      return {
        companyID,
        productID: store.collection('Products').all()[0]?.id,
        referenceTitle: `NEW-PC${serial}`,
        serialNumber: `NEW${serial}`,
        configurationItemType: random.pick(PICKLISTS.configurationItemType).value,
        isActive: true,
      };
  }
}

/** A field that every row of the kind has. */
function newValue(name: Main, random: Random): Values {
  const serial = random.integer(1, 999_999);
  return {
    Companies: { phone: `555${serial}` },
    CompanyLocations: { address2: `Floor ${serial}` },
    Contacts: { title: `Title ${serial}` },
    ConfigurationItems: { notes: `Seen ${serial}` },
  }[name];
}

/** A company goes by being merged, with all that it has; otherwise people set it inactive. */
function remove(context: Context, name: Main, row: StoredRow): void {
  if (name === 'Companies') changeRow(context, name, row, { isActive: false });
  else removeRow(context, name, row);
}

function merge(context: Context, from: StoredRow, to: StoredRow): void {
  const { store } = context;
  for (const name of ['CompanyLocations', 'Contacts', 'ConfigurationItems'] as const) {
    for (const row of [...context.rowsOf(name, from.id)]) {
      const single = {
        CompanyLocations: { isPrimary: false },
        Contacts: { primaryContact: false },
        ConfigurationItems: {},
      };
      store.update(name, row, { companyID: to.id, ...single[name] });
    }
  }
  removeRow(context, 'Companies', from);
}

/** Inserts, changes, removes and merges at random, as people at the MSP would past the API's rules; the same seed does the same. */
export function mutate(context: Context, mutation: Mutation): MutationReport {
  const rows: Hands<Main, StoredRow>['rows'] = (name) => context.store.collection(name).all();
  return mutateAtRandom<Main, StoredRow>(
    {
      names: MAIN,
      rows,
      insert: (name, random) => {
        const company = name === 'Companies' ? undefined : pickLiving({ rows, mayChange }, 'Companies', random);
        return addRow(context, name, newValues(context, name, company?.id ?? 0, random));
      },
      mayChange,
      change: (name, row, random) => changeRow(context, name, row, newValue(name, random)),
      mayGo: (name, row) =>
        row.id > 0 && mayChange(name, row) && row['isPrimary'] !== true && row['primaryContact'] !== true,
      remove: (name, row) => remove(context, name, row),
      merge: (from, to) => merge(context, from, to),
    },
    mutation,
  );
}
