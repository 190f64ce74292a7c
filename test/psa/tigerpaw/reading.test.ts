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

describe('an account', () => {
  it('has its address as primary location, called after the first line, and none without', async () => {
    const { admin, connection } = await simulatedPsa(tigerpaw);
    const number = (id: number, Location: string, Number: string, IsPrimary: boolean) => ({
      ...{ PhoneNumberId: id, Location, Number, IsPrimary },
    });
    const PhoneNumbers = [number(1, 'Main', '555-0101 x12', true), number(2, 'Fax', '555-0102', false)];
    admin.putRows('accounts', [
      { id: 1001, ...street, PhoneNumbers },
      { id: 1002, Address1: ' ' },
    ]);
    const ids = ['1001', '1002'].map((psaId) => ({ psaId, organizationPsaId: psaId }));
    const accounts = await connection.byIds({ kind: 'organization', ids });
    expect(accounts.records.map(({ fields }) => fields['primaryLocation'])).toEqual(['1001', null]);
    const addresses = await connection.byIds({ kind: 'location', ids });
    expect(addresses.missing).toEqual(['1002']);
    expect(addresses.records.map(({ fields }) => fields)).toMatchObject([
      { organization: '1001', name: '1 Elm Street', address1: '1 Elm Street', phone: '555-0101', fax: '555-0102' },
    ]);
  });
});

describe('a contact', () => {
  it('is at the location of its account only where the address is the same', async () => {
    const { admin, connection } = await simulatedPsa(tigerpaw);
    const person = { AccountNumber: 1001, LastName: 'Byron', Inactive: false, PhoneNumbers: [], EmailAddresses: [] };
    admin.putRows('accounts', [{ id: 1001, ...street }]);
    admin.putRows('contacts', [
      { id: 900_001, FirstName: 'Ada', ...person, ...street, City: 'TAMPA ' },
      { id: 900_002, FirstName: 'Ida', ...person, ...street, City: 'Miami' },
    ]);
    const ids = ['900001', '900002'].map((psaId) => ({ psaId, organizationPsaId: '1001' }));
    const { records } = await connection.byIds({ kind: 'contact', ids });
    expect(records.map(({ fields }) => fields['location'])).toEqual(['1001', null]);
  });

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
