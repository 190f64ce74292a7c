import { mutateAtRandom, pickLiving } from '../mutate.ts';
import type { Mutation, MutationReport } from '../psa.ts';
import type { Random } from '../random.ts';
import type { Row, Tables } from './tables.ts';

const MAIN = ['accounts', 'contacts'] as const;
type Main = (typeof MAIN)[number];

const FIRST_ACCOUNT = 1_001; // the MSP itself, which stays

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
      change: (name, row, random) => {
        const serial = random.integer(1, 999_999);
        tables.update(name, row, name === 'accounts' ? { AccountId: `C${serial}` } : { Title: `Title ${serial}` });
      },
      mayGo: (_name, { id }) => id !== FIRST_ACCOUNT,
      remove: (name, row) => {
        tables.remove(name, row);
        removeContacts(tables, name, row);
      },
    },
    mutation,
  );
}

function newRow(name: Main, home: number | undefined, random: Random): Readonly<Record<string, unknown>> {
  const serial = random.integer(100_000, 999_999_999);
  const street = { Address1: `${serial} New Street`, City: 'Tampa', State: 'FL', Country: 'United States' };
  if (name === 'accounts')
    return { Name: `New Account ${serial}`, AccountType: 'Customer', Status: 'Active', ...street, PhoneNumbers: [] };
  const person = { FirstName: 'New', LastName: `Person ${serial}`, Inactive: false, ...street };
  return { ...person, AccountNumber: home, PhoneNumbers: [], EmailAddresses: [] };
}

/** What is gone takes along the people in it. */
export function removeContacts(tables: Tables, name: Parameters<Tables['remove']>[0], { id }: Row): void {
  if (name !== 'accounts') return;
  for (const person of [...tables.collection('contacts').by('AccountNumber', id)]) tables.remove('contacts', person);
}
