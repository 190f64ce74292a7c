import { describe, expect, it } from 'vitest';
import { allAccounts, call, startForTest, type Json } from './api-client.ts';

const numbers = ({ row }: { row: Json }, list = 'Accounts', field = 'AccountNumber') =>
  (row[list] as Json[]).map((one) => one[field]);

describe('searches', () => {
  it('give every account once, page after page by NextRow, and tell the total', async () => {
    const simulator = await startForTest({ size: 1_200, settings: { maxPageSize: 20 } });
    const read: unknown[] = [];
    for (let StartRow = 1; StartRow > 0;) {
      const page = await call(simulator, 'POST', '/accounts/search', allAccounts({ PageSize: 500, StartRow }));
      expect(page.row).toMatchObject({ PageSize: 20, TotalCount: simulator.admin.counts()['accounts'], Success: true });
      read.push(...numbers(page));
      StartRow = Number(page.row['NextRow']);
    }
    expect(new Set(read).size).toBe(simulator.admin.counts()['accounts']);
    expect(read.length).toBe(new Set(read).size);
  });

  it('take several criteria of one type for any of them, and of several types for all', async () => {
    const simulator = await startForTest();
    const one = (SearchType: string, MatchType: string, Criteria: string) => ({ SearchType, MatchType, Criteria });
    const find = (...Criteria: object[]) => call(simulator, 'POST', '/accounts/search', { Criteria });
    const [a, b] = [one('AccountNumber', 'Equal', '1001'), one('AccountNumber', 'Equal', '1002')];
    expect(numbers(await find(a, b))).toEqual([1001, 1002]);
    expect(numbers(await find(a, one('AccountNumber', 'LessThanEqual', '1002')))).toEqual([1001, 1002]);
    expect(numbers(await find(a, b, one('AccountType', 'Equal', 'internal')))).toEqual([1001]);
    expect(numbers(await find())).toEqual([]);
    expect((await find(one('ModifiedDate', 'GreaterThan', '2026-01-01'))).row).toMatchObject({ Success: false });
  });
});

describe('contacts of an account', () => {
  it('come all at once, inactive ones only to those who do not ask for the others', async () => {
    const simulator = await startForTest({ size: 1_200 });
    const of = (account: unknown, more = '') => call(simulator, 'GET', `/contacts/account/${String(account)}${more}`);
    const accounts = numbers(await call(simulator, 'POST', '/accounts/search', allAccounts({ PageSize: 500 })));
    let [all, active] = [0, 0];
    for (const account of accounts) {
      all += numbers(await of(account), 'Contacts', 'ContactNumber').length;
      const some = numbers(await of(account, '?activeOnly=true'), 'Contacts', 'ContactNumber');
      expect(numbers(await of(account, '/true'), 'Contacts', 'ContactNumber')).toEqual(some);
      active += some.length;
    }
    expect(all).toBe(simulator.admin.counts()['contacts']);
    expect(active).toBeGreaterThan(0);
    expect(active).toBeLessThan(all);
  });
});

it('a search must say how long its body is', async () => {
  const { apiUrl } = await startForTest();
  const body = new Blob([JSON.stringify(allAccounts())]).stream();
  const response = await fetch(`${apiUrl}/accounts/search`, { method: 'POST', body, duplex: 'half' });
  expect(response.status).toBe(411);
});

it('single records come bare; a missing one is 404, or null', async () => {
  const simulator = await startForTest();
  expect((await call(simulator, 'GET', '/accounts/1001')).row).toMatchObject({ AccountNumber: 1001 });
  expect((await call(simulator, 'GET', '/accounts/9')).status).toBe(404);
  simulator.admin.settings({ missingRecord: 'null' });
  expect(await call(simulator, 'GET', '/accounts/9')).toMatchObject({ status: 200, json: null });
});

it('an account that is gone takes along its contacts, and is nobody’s parent any more', async () => {
  const { admin } = await startForTest({ size: 2_000 });
  const all = (name: string) => [...admin.state(name)] as Json[];
  const parent = Number(all('accounts').find((row) => row['ParentAccountNumber'] !== null)?.['ParentAccountNumber']);
  admin.deleteRows('accounts', [parent]);
  expect(all('accounts').some((row) => row['ParentAccountNumber'] === parent)).toBe(false);
  expect(all('contacts').some((row) => (row['Contact'] as Json)['AccountNumber'] === parent)).toBe(false);
});

it('people change accounts and contacts past the API, and reset brings all back', async () => {
  const simulator = await startForTest();
  const all = () => ['accounts', 'contacts'].map((name) => [...simulator.admin.state(name)]);
  const before = all();
  const { inserted, changed, deleted } = simulator.admin.mutate({ seed: 3, insert: 4, change: 4, delete: 4 });
  for (const report of [inserted, changed, deleted]) expect(Object.values(report).flat().length).toBeGreaterThan(0);
  for (const [at, rows] of all().entries()) expect(rows).not.toEqual(before[at]);
  simulator.admin.reset();
  expect(all()).toEqual(before);
});
