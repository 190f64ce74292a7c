import { describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { call, startForTest, type Json } from './api-client.ts';

const ACCOUNT = { Name: 'Globex', AccountType: 'Customer', Status: 'Active', City: 'Tampa' };
const PHONE = { Number: '813-555-0100', Location: 'Main' };

async function makeAccount(simulator: RunningSimulator): Promise<number> {
  const { row } = await call(simulator, 'POST', '/accounts', { Account: ACCOUNT, PrimaryPhoneNumber: PHONE });
  return Number((row['AccountSummary'] as Json)['AccountNumber']);
}

async function makeContact(simulator: RunningSimulator, AccountNumber: number, more: Json = {}): Promise<number> {
  const Contact = { AccountNumber, FirstName: 'Ada', LastName: 'Lovelace', Title: 'CTO', ...more };
  const { row } = await call(simulator, 'POST', '/contacts', { Contact });
  return Number((row['ContactSummary'] as Json)['ContactNumber']);
}

describe('accounts', () => {
  it('are made with their primary number, found at once, and replaced as a whole', async () => {
    const simulator = await startForTest();
    const account = await makeAccount(simulator);
    const { row } = await call(simulator, 'POST', '/accounts/search/name', 'globex');
    expect(row['Accounts']).toMatchObject([{ AccountNumber: account, PhoneNumber: PHONE.Number }]);
    const change = { name: 'Globex Inc', accountType: 'Vendor', status: 'Inactive' };
    const changed = await call(simulator, 'PUT', `/accounts/${account}`, change);
    const after = { Name: 'Globex Inc', AccountType: 'Vendor', Status: 'Inactive', City: null };
    expect(changed.row).toMatchObject({ Success: true, AccountSummary: { Account: after, PhoneNumber: PHONE.Number } });
    expect((await call(simulator, 'GET', `/accounts/${account}`)).row['Account']).toMatchObject(after);
    expect(simulator.admin.journal({ cause: 'request' }).entries).toMatchObject([
      { action: 'added', collection: 'accounts', id: account },
      { action: 'updated', collection: 'accounts', id: account },
    ]);
  });

  it.each([
    [{ Name: '' }, 'Name is required.'],
    [{ Status: undefined, AccountType: null }, 'AccountType is required. Status is required.'],
    [{ AccountType: 'Friend' }, 'Account type Friend does not exist.'],
    [{ Status: 'Asleep' }, 'Account status Asleep does not exist.'],
  ])('with %j are refused under 200, and nothing is written', async (wrong, message) => {
    const simulator = await startForTest();
    for (const [method, path, body] of [
      ['POST', '/accounts', { Account: { ...ACCOUNT, ...wrong } }],
      ['PUT', '/accounts/1001', { ...ACCOUNT, ...wrong }],
    ] as const) {
      const { status, row } = await call(simulator, method, path, body);
      expect([status, row['Success'], row['Message']]).toEqual([200, false, message]);
    }
    expect(simulator.admin.journal().total).toBe(0);
  });

  it('that do not fit the model are a request that is not valid', async () => {
    const simulator = await startForTest();
    const answers = [{ Account: { ...ACCOUNT, City: 5 } }, { Account: 'Globex' }, 'Globex'].map((body) =>
      call(simulator, 'POST', '/accounts', body),
    );
    for (const { status, row } of await Promise.all(answers)) {
      expect([status, row['Message']]).toEqual([400, 'The request is invalid.']);
    }
  });
});

describe('contacts', () => {
  it('are made with number and e-mail address, move to another account, and become inactive', async () => {
    const simulator = await startForTest();
    const [home, other] = [await makeAccount(simulator), await makeAccount(simulator)];
    const PrimaryEmailAddress = { Email: 'ada@globex.example' };
    const Contact = { AccountNumber: home, FirstName: 'Ada', LastName: 'Lovelace' };
    const made = await call(simulator, 'POST', '/contacts', {
      Contact,
      PrimaryPhoneNumber: PHONE,
      PrimaryEmailAddress,
    });
    const summary = made.row['ContactSummary'] as Json;
    expect(summary).toMatchObject({
      PhoneNumber: PHONE.Number,
      EmailAddress: 'ada@globex.example',
      AccountName: 'Globex',
    });
    const path = `/contacts/${String(summary['ContactNumber'])}`;
    const change = { FirstName: 'Ada', LastName: 'King', AccountNumber: other, Inactive: true };
    await call(simulator, 'PUT', path, change);
    const { row } = await call(simulator, 'GET', `${path}/details`);
    expect(row['Contact']).toMatchObject({ ...change, Name: 'Ada King' });
    expect(row['PhoneNumbers']).toMatchObject([{ ...PHONE, IsPrimary: true }]);
    expect((await call(simulator, 'GET', `/contacts/account/${home}`)).row['Contacts']).toEqual([]);
  });

  it('need an account that is there', async () => {
    const simulator = await startForTest();
    const make = (AccountNumber?: number) =>
      call(simulator, 'POST', '/contacts', { Contact: { AccountNumber, FirstName: 'Ada', LastName: 'King' } });
    expect((await make()).row).toEqual({ Success: false, Message: 'AccountNumber is required.' });
    expect((await make(9)).row).toEqual({ Success: false, Message: 'Account 9 does not exist.' });
  });

  it('of an account have one that goes first', async () => {
    const simulator = await startForTest();
    const account = await makeAccount(simulator);
    const [ada, grace] = [await makeContact(simulator, account), await makeContact(simulator, account)];
    for (const first of [ada, grace]) {
      const { row } = await call(simulator, 'PUT', `/contacts/${first}/account/${account}/primary`);
      expect(row['ContactSummary']).toMatchObject({ ContactNumber: first, IsPrimaryContact: true });
      const { row: home } = await call(simulator, 'GET', `/accounts/${account}`);
      expect((home['Account'] as Json)['PrimaryContactNumber']).toBe(first);
    }
    expect((await call(simulator, 'GET', `/contacts/${ada}`)).row['IsPrimaryContact']).toBe(false);
    const stray = await call(simulator, 'PUT', `/contacts/${ada}/account/1001/primary`);
    expect(stray.row).toEqual({ Success: false, Message: 'The contact is not one of account 1001.' });
  });
});

describe('numbers and addresses', () => {
  it('keep exactly one that is primary, whatever is added, chosen and removed', async () => {
    const simulator = await startForTest();
    const contact = await makeContact(simulator, 1001);
    const root = `/contacts/${contact}/emails`;
    const add = async (Email: string, IsPrimary: boolean) => {
      const { row } = await call(simulator, 'POST', root, { Email, IsPrimary });
      return Number((row['Email'] as Json)['EmailAddressId']);
    };
    const primary = async () =>
      ((await call(simulator, 'GET', root)).json as Json[])
        .filter(({ IsPrimary }) => IsPrimary)
        .map(({ Email }) => Email);
    const a = await add('a@x.example', false);
    expect(await primary()).toEqual(['a@x.example']);
    const b = await add('b@x.example', true);
    expect(await primary()).toEqual(['b@x.example']);
    await call(simulator, 'PUT', `${root}/${a}/primary`);
    expect(await primary()).toEqual(['a@x.example']);
    await call(simulator, 'PUT', `${root}/${a}`, { Email: 'c@x.example' });
    expect(await primary()).toEqual(['c@x.example']);
    await call(simulator, 'DELETE', `${root}?id=${a}`);
    expect(await primary()).toEqual(['b@x.example']);
    expect((await call(simulator, 'GET', `/contacts/${contact}`)).row['EmailAddress']).toBe('b@x.example');
    expect((await call(simulator, 'GET', `${root}/${b}`)).row).toMatchObject({ EmailAddressId: b });
    expect((await call(simulator, 'DELETE', `${root}?id=${a}`)).status).toBe(404);
    expect((await call(simulator, 'POST', root, { Email: '' })).row).toMatchObject({ Message: 'Email is required.' });
  });

  it('name the fax that was chosen', async () => {
    const simulator = await startForTest();
    const account = await makeAccount(simulator);
    const root = `/accounts/${account}/phonenumbers`;
    const { row } = await call(simulator, 'POST', root, { Number: '813-555-0199', Location: 'Business' });
    const id = String((row['Number'] as Json)['PhoneNumberId']);
    const fax = async () => (await call(simulator, 'GET', `/accounts/${account}`)).row['FaxNumber'];
    expect(await fax()).toBe(null);
    await call(simulator, 'PUT', `${root}/${id}/primaryfax`);
    expect(await fax()).toBe('813-555-0199');
  });
});

describe('a rep whose security role lets it look only', () => {
  it('reads and searches all, and changes nothing', async () => {
    const simulator = await startForTest({ settings: { role: { changes: false } } });
    expect((await call(simulator, 'GET', '/accounts/1001/phonenumbers')).status).toBe(200);
    expect((await call(simulator, 'POST', '/contacts/search/lastname', 'a')).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/accounts'],
      ['PUT', '/contacts/400001'],
      ['DELETE', '/contacts/400001/emails'],
    ] as const) {
      expect((await call(simulator, method, path, {})).status).toBe(403);
    }
    expect(simulator.admin.journal().total).toBe(0);
  });
});
