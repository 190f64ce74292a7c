import { describe, expect, it } from 'vitest';
import { allAccounts, call, startForTest, type Json } from './api-client.ts';

const numbers = ({ row }: { row: Json }, list = 'Accounts', field = 'AccountNumber') =>
  (row[list] as Json[]).map((one) => one[field]);

/** An account with a person that has an e-mail address and a number, as the API shows them. */
async function somebody() {
  const simulator = await startForTest({ size: 600 });
  const all = (name: string) => [...simulator.admin.state(name)] as Json[];
  const person = all('contacts').find((row) =>
    ['EmailAddresses', 'PhoneNumbers'].every((list) => (row[list] as Json[]).length > 0),
  );
  const contact = person?.['Contact'] as Json;
  const account = all('accounts').find((row) => row['AccountNumber'] === contact['AccountNumber']);
  const [email] = person?.['EmailAddresses'] as Json[];
  return { simulator, person: person ?? {}, contact, account: account ?? {}, email: String(email?.['Email']) };
}

describe('searches for one thing', () => {
  it('find an account by what it is, by where it is, and by its people; the beginning will do', async () => {
    const { simulator, account, contact, email } = await somebody();
    const { AccountNumber } = account;
    const { Name, AccountId, AccountType, Status } = account['Account'] as Json;
    const find = (by: string, text: unknown) =>
      call(simulator, 'POST', `/accounts/search/${by}?pageRequest.pageSize=500`, text);
    for (const [by, text] of [
      ['name', String(Name).slice(0, 4).toUpperCase()],
      ['accountid', AccountId],
      ['accountnumber', AccountNumber],
      ['accounttype', AccountType],
      ['accountstatus', Status],
      ['email', email],
      ['contact/name', `${String(contact['FirstName'])} ${String(contact['LastName'])}`.trim()],
    ] as const) {
      expect([by, numbers(await find(by, text))]).toEqual([by, expect.arrayContaining([AccountNumber])]);
      expect([by, numbers(await find(by, 'nothing of the kind'))]).toEqual([by, []]);
    }
  });

  it('find contacts by name, number and e-mail address', async () => {
    const { simulator, person, contact, email } = await somebody();
    const [phone] = person['PhoneNumbers'] as Json[];
    for (const [by, text] of [
      ['firstname', contact['FirstName']],
      ['email', email.toUpperCase()],
      ['phone', phone?.['Number']],
    ]) {
      const found = await call(simulator, 'POST', `/contacts/search/${String(by)}?PageSize=500`, text);
      expect(numbers(found, 'Contacts', 'ContactNumber')).toContain(person['ContactNumber']);
    }
  });

  it('take their page from the query', async () => {
    const simulator = await startForTest();
    const page = (start: number) =>
      call(simulator, 'POST', `/accounts/search/name?pageRequest.pageSize=3&pageRequest.startRow=${start}`, '');
    const all = numbers(await call(simulator, 'POST', '/accounts/search', allAccounts({ PageSize: 500 })));
    expect(numbers(await page(4))).toEqual(all.slice(3, 6));
    expect((await page(4)).row).toMatchObject({ PageSize: 3, NextRow: 7, TotalCount: all.length });
  });

  it('of accounts and contacts by each other’s names and ids can be combined with others', async () => {
    const { simulator, account, person, email } = await somebody();
    const one = (SearchType: string, Criteria: unknown) => ({ SearchType, MatchType: 'Equal', Criteria });
    const accounts = { Criteria: [one('Email', email), one('AccountNumber', account['AccountNumber'])] };
    expect(numbers(await call(simulator, 'POST', '/accounts/search', accounts))).toEqual([account['AccountNumber']]);
    const contacts = { Criteria: [one('AccountId', (account['Account'] as Json)['AccountId']), one('Email', email)] };
    expect(numbers(await call(simulator, 'POST', '/contacts/search', contacts), 'Contacts', 'ContactNumber')).toEqual([
      person['ContactNumber'],
    ]);
  });
});

describe('master tables', () => {
  it('name what accounts and contacts hold', async () => {
    const simulator = await startForTest({ size: 600 });
    const values = async (path: string) =>
      ((await call(simulator, 'GET', `/mastertables/${path}`)).json as Json[]).map(({ Value }) => Value);
    const people = [...simulator.admin.state('contacts')] as Json[];
    const held = (field: string) => people.map((row) => (row['Contact'] as Json)[field]).filter(Boolean);
    for (const [path, field] of [
      ['countries', 'Country'],
      ['states', 'State'],
      ['titles', 'Title'],
    ] as const) {
      expect(held(field).length).toBeGreaterThan(0);
      expect(await values(path)).toEqual(expect.arrayContaining([...new Set(held(field))]));
    }
    const labels = people.flatMap((row) => (row['PhoneNumbers'] as Json[]).map(({ Location }) => Location));
    expect(await values('phonelocations')).toEqual(expect.arrayContaining([...new Set(labels)]));
  });

  it('leave out the vendor’s own entries when they are asked to', async () => {
    const simulator = await startForTest();
    const rows = async (query = '') => (await call(simulator, 'GET', `/mastertables/countries${query}`)).json as Json[];
    const all = await rows();
    const own = await rows('?excludeSystemEntries=true');
    expect(own).toEqual(all.filter(({ IsSystemEntry }) => IsSystemEntry === false));
    expect(own.length).toBeLessThan(all.length);
  });
});

describe('details of an account', () => {
  it('name its primary contact as the summary does, and its further addresses', async () => {
    const simulator = await startForTest({ size: 1_200 });
    const accounts = [...simulator.admin.state('accounts')] as Json[];
    const led = accounts.find((row) => row['PrimaryContact'] !== null);
    const { row } = await call(simulator, 'GET', `/accounts/${String(led?.['AccountNumber'])}`);
    const { DisplayName, EmailAddress } = led?.['PrimaryContact'] as Json;
    expect([row['PrimaryContactName'], row['PrimaryContactEmailAddress']]).toEqual([DisplayName, EmailAddress]);
    const number = (row['Account'] as Json)['PrimaryContactNumber'];
    expect((await call(simulator, 'GET', `/contacts/${String(number)}`)).row['IsPrimaryContact']).toBe(true);
    expect(accounts.some((one) => (one['ShipTos'] as Json[]).length > 0)).toBe(true);
  });
});

describe('what is not simulated', () => {
  it.each([
    ['GET', '/accounts/1001/assets/managed'],
    ['GET', '/accounts/1001/customfields'],
    ['POST', '/accounts/search/agreement'],
    ['PUT', '/accounts/1001/service/systems/default'],
    ['GET', '/mastertables/systemtypes'],
  ] as const)('%s %s is answered as to a rep without the right', async (method, path) => {
    const simulator = await startForTest();
    const { status, row } = await call(simulator, method, path, method === 'GET' ? undefined : 'x');
    expect([status, row['Message']]).toEqual([403, 'Access denied by the security role of the rep.']);
  });

  it('is another thing than what the vendor does not have', async () => {
    const simulator = await startForTest();
    expect((await call(simulator, 'GET', '/accounts')).status).toBe(405);
    expect((await call(simulator, 'GET', '/tickets')).status).toBe(404);
    expect((await call(simulator, 'DELETE', '/contacts/400001')).status).toBe(405);
  });
});
