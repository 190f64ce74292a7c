import { describe, expect, it } from 'vitest';
import { allPages } from '../support/all-pages.ts';
import { recordsOf, simulatedPsa } from '../contract/simulated-psa.ts';
import { tigerpaw } from '../contract/subjects/tigerpaw.ts';

const street = {
  Address1: '1 Elm Street',
  Address2: null,
  City: 'Tampa',
  State: 'FL',
  PostalCode: null,
  Country: null,
};

const blank = { Address2: null, City: null, State: null, PostalCode: null, Country: null };
const person = { AccountNumber: 1001, LastName: 'Byron', Inactive: false, PhoneNumbers: [], EmailAddresses: [] };
const number = (id: number, Location: string, Number: string, IsPrimary: boolean) => ({
  ...{ PhoneNumberId: id, Location, Number, IsPrimary },
});
const NUMBERS = [number(1, 'Main', '555-0101 x12', true), number(2, 'Fax', '555-0102', false)];

/** A Tigerpaw in which nobody of account 1001 has an address but those given. */
async function account1001(own: object, ...people: readonly object[]) {
  const psa = await simulatedPsa(tigerpaw);
  const others = ([...psa.admin.state('contacts')] as { ContactNumber: number; Contact: { AccountNumber: number } }[])
    .filter(({ Contact }) => Contact.AccountNumber === 1001)
    .map(({ ContactNumber }) => ContactNumber);
  psa.admin.deleteRows('contacts', others);
  psa.admin.putRows('accounts', [{ id: 1001, ...blank, Address1: null, PhoneNumbers: NUMBERS, ...own }]);
  const rows = people.map((one, at) => ({ id: 900_001 + at, FirstName: `P${at}`, ...person, ...blank, ...one }));
  psa.admin.putRows('contacts', rows);
  const parents = (after: string | null) => Promise.resolve(after === null ? ['1001'] : []);
  const locations = async () =>
    recordsOf(await allPages(psa.connection, { ...(await psa.request('location')), parents }));
  const byIds = (kind: 'organization' | 'location' | 'contact', ids: readonly string[]) =>
    psa.connection.byIds({ kind, ids: ids.map((psaId) => ({ psaId, organizationPsaId: '1001' })) });
  return { ...psa, locations, byIds };
}

describe('an address', () => {
  it('of an account is its primary location, called after the first line, with its numbers', async () => {
    const { locations, byIds } = await account1001(street);
    const [location, ...others] = await locations();
    expect(others).toEqual([]);
    expect(location?.fields).toMatchObject({
      ...{ organization: '1001', name: '1 Elm Street', address1: '1 Elm Street', phone: '555-0101', fax: '555-0102' },
    });
    const { records } = await byIds('organization', ['1001']);
    expect(records[0]?.fields['primaryLocation']).toBe(location?.psaId);
  });

  it('of a contact is a location as well, where the contact is; one that several have is one location', async () => {
    const own = { Address1: '2 Oak Street', City: 'Miami' };
    const { locations, byIds } = await account1001(
      street,
      { ...street, City: ' TAMPA' },
      { ...own, PhoneNumbers: [number(3, 'Home', '555-0199', true)] },
      { ...own, Address1: '2 OAK  street' },
      { Address1: ' ', City: 'Miami' },
    );
    const all = await locations();
    const at = (name: string) => all.find(({ fields }) => fields['name'] === name);
    expect(all).toHaveLength(2);
    expect(at('2 Oak Street')?.fields).toMatchObject({ organization: '1001', city: 'Miami', phone: '555-0199' });
    const { records } = await byIds('contact', ['900001', '900002', '900003', '900004']);
    const [elm, oak] = [at('1 Elm Street')?.psaId, at('2 Oak Street')?.psaId];
    expect(records.map(({ fields }) => fields['location'])).toEqual([elm, oak, oak, null]);
  });

  it('that has changed is another location, and the one before is proven missing', async () => {
    const { locations, byIds, admin } = await account1001(street);
    const [before] = await locations();
    admin.putRows('accounts', [{ id: 1001, Address1: '7 Elm Street' }]);
    const [after] = await locations();
    expect(after?.psaId).not.toBe(before?.psaId);
    const answer = await byIds('location', [before!.psaId, after!.psaId]);
    expect(answer).toMatchObject({ missing: [before?.psaId], unknown: [] });
    expect(answer.records.map(({ psaId }) => psaId)).toEqual([after?.psaId]);
  });

  it('of a contact that is made inactive is nobody’s any more', async () => {
    const { locations, admin } = await account1001({}, street);
    expect(await locations()).toHaveLength(1);
    admin.putRows('contacts', [{ id: 900_001, Inactive: true }]);
    expect(await locations()).toEqual([]);
  });

  it('that can not be read is set aside, and proves none of its account missing', async () => {
    const { byIds, locations, request, connection, admin } = await account1001(street, { Address1: '2 Oak Street' });
    const before = (await locations()).map(({ psaId }) => psaId);
    admin.putRows('contacts', [{ id: 900_001, Address1: 12_345 }]);
    const { records, rejects } = await connection.page({
      ...(await request('location')),
      parents: () => Promise.resolve(['1001']),
    });
    expect(records.map(({ fields }) => fields['name'])).toEqual(['1 Elm Street']);
    expect(rejects.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^Address1 is a number/u)]);
    const answer = await byIds('location', before);
    expect(answer.missing).toEqual([]);
    expect(answer.unknown).toHaveLength(1);
  });

  it('under an account that refuses proves nothing missing', async () => {
    const { byIds, locations, admin } = await account1001(street);
    const [location] = await locations();
    admin.addFaults([{ kind: 'forbidden', path: '^/contacts/account/1001$' }]);
    expect(await byIds('location', [location!.psaId])).toMatchObject({ missing: [], unknown: [location!.psaId] });
  });
});

describe('a contact', () => {
  it('that is made inactive is not read any more, and is proven missing', async () => {
    const psa = await simulatedPsa(tigerpaw);
    const [one] = await psa.expected('contact');
    psa.admin.putRows('contacts', [{ id: Number(one!.id), Inactive: true }]);
    const pages = await allPages(psa.connection, await psa.request('contact'));
    expect(recordsOf(pages).map(({ psaId }) => psaId)).not.toContain(one!.id);
    const home = one!.fields['organization'] as { readonly id: string };
    const ids = [{ psaId: one!.id, organizationPsaId: home.id }];
    expect(await psa.connection.byIds({ kind: 'contact', ids })).toMatchObject({ missing: [one!.id], records: [] });
  });
});

it('takes a missing right that is told under HTTP 200 for one', async () => {
  const settings = { missingRight: 'failure', role: { accounts: false } };
  const { connection } = await simulatedPsa(tigerpaw, { settings });
  const { problems } = await connection.check();
  expect(problems.map(({ code }) => code)).toEqual(['forbidden']);
});

it('reads all accounts of a server that gives smaller pages than it is asked for', async () => {
  const psa = await simulatedPsa(tigerpaw, { size: 1_200, settings: { maxPageSize: 7, firstRow: 0 } });
  const pages = await allPages(psa.connection, await psa.request('organization'));
  expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual((await psa.expected('organization')).map(({ id }) => id));
});

describe('a run', () => {
  const lists = ({ admin }: Awaited<ReturnType<typeof simulatedPsa>>) =>
    admin.requests().requests.filter(({ path }) => /^\/contacts\/account\//u.test(path)).length;

  it('asks for the contacts of an account once, for locations and for contacts, and the next one asks anew', async () => {
    const psa = await simulatedPsa(tigerpaw);
    const accounts = (await psa.expected('organization')).length;
    const read = async (run: string) => {
      const requests = [await psa.request('location'), await psa.request('contact')];
      const kinds = requests.map((request) => allPages(psa.connection, { ...request, run }));
      return (await Promise.all(kinds)).map((pages) => recordsOf(pages).length);
    };
    const wanted = [(await psa.expected('location')).length, (await psa.expected('contact')).length];
    expect(await read('1')).toEqual(wanted);
    expect(lists(psa)).toBe(accounts);
    const [first] = await psa.expected('contact');
    psa.admin.deleteRows('contacts', [Number(first!.id)]);
    expect(await read('2')).toEqual([(await psa.expected('location')).length, wanted[1]! - 1]);
    expect(lists(psa)).toBe(accounts);
  });

  it('leaves out a contact that became inactive after its account was listed', async () => {
    const psa = await simulatedPsa(tigerpaw);
    const run = '1';
    await allPages(psa.connection, { ...(await psa.request('location')), run });
    const [first, ...others] = await psa.expected('contact');
    psa.admin.putRows('contacts', [{ id: Number(first!.id), Inactive: true }]);
    const pages = await allPages(psa.connection, { ...(await psa.request('contact')), run });
    expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual(others.map(({ id }) => id));
  });
});
