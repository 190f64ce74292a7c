import { mutateAtRandom, pickLiving } from '../mutate.ts';
import type { Mutation, MutationReport } from '../psa.ts';
import type { Random } from '../random.ts';
import { release } from './release.ts';
import { OWN_ACCOUNT } from './seed.ts';
import type { Row, Tables } from './tables.ts';

const MAIN = ['accounts', 'contacts'] as const;
type Main = (typeof MAIN)[number];

const mayChange = (): boolean => true;

/** Inserts, changes and deletes at random, as people at the MSP would past the API, which can't delete. */
export function mutate(tables: Tables, mutation: Mutation): MutationReport {
  const rows = (name: Main): readonly Row[] => tables.collection(name).all();
  return mutateAtRandom<Main, Row>(
    {
      names: MAIN,
      rows,
      mayChange,
      insert: (name, random) => {
        const home = name === 'contacts' ? pickLiving({ rows, mayChange }, 'accounts', random) : undefined;
        return tables.insert(name, { ...newRow(name, home?.id, random), id: tables.collection(name).nextId() });
      },
      change: (name, row, random) => tables.update(name, row, newValue(name, random)),
      mayGo: (name, { id }) => name !== 'accounts' || id !== OWN_ACCOUNT,
      remove: (name, row) => {
        tables.remove(name, row);
        release(tables, name, row);
      },
    },
    mutation,
  );
}

/** A field that every row of the kind has. */
function newValue(name: Main, random: Random): Readonly<Record<string, unknown>> {
  const serial = random.integer(1, 999_999);
  return { accounts: { AccountId: `C${serial}` }, contacts: { Title: `Title ${serial}` } }[name];
}

function newRow(name: Main, home: number | undefined, random: Random): Readonly<Record<string, unknown>> {
  const serial = random.integer(100_000, 999_999_999);
  const street = { Address1: `${serial} New Street`, City: 'Tampa', State: 'FL', Country: 'United States' };
  if (name === 'accounts')
    return { Name: `New Account ${serial}`, AccountType: 'Customer', Status: 'Active', ...street, PhoneNumbers: [] };
  const person = { FirstName: 'New', LastName: `Person ${serial}`, Inactive: false, ...street };
  return { ...person, AccountNumber: home, PhoneNumbers: [], EmailAddresses: [] };
}
