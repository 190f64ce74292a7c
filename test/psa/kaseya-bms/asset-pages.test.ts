import { expect, it } from 'vitest';
import { allPages } from '../support/all-pages.ts';
import { recordsOf } from '../contract/simulated-psa.ts';
import { devicesOf, simulatedBms } from '../support/simulated-bms.ts';

const DETAIL = /^\/servicedesk\/hardwareasset\/\d+$/u;

const assetsOf = (admin: Awaited<ReturnType<typeof simulatedBms>>['admin']) =>
  [...admin.state('assets')] as { id: number; accountId: number; categoryId: number; isActive: boolean }[];

it('asks for those devices alone that the gate and their organization let in', async () => {
  const { connect, admin, paths } = await simulatedBms();
  const account = assetsOf(admin)[0]!.accountId;
  const wanted = assetsOf(admin).filter(({ accountId, isActive }) => accountId === account && isActive);
  const records = recordsOf(await allPages(connect(), devicesOf([String(account)])));
  expect(records.map(({ psaId }) => psaId)).toEqual(wanted.map(({ id }) => String(id)));
  expect(paths().filter((path) => DETAIL.test(path))).toHaveLength(wanted.length);
});

it('asks for devices of the ticked types alone, and never for a list of several types at once', async () => {
  const { connect, admin, paths } = await simulatedBms();
  const assets = assetsOf(admin).filter(({ isActive }) => isActive);
  const accounts = [...new Set(assets.map(({ accountId }) => String(accountId)))];
  const types = [...new Set(assets.map(({ categoryId }) => String(categoryId)))].slice(0, 2);
  for (const some of [types, types.slice(0, 1)]) {
    admin.clearRequests();
    const request = devicesOf(accounts);
    const ticked = { ...request.ticked, types: some };
    const records = recordsOf(await allPages(connect(), { ...request, ticked }));
    const wanted = assets.filter(({ categoryId }) => some.includes(String(categoryId)));
    expect(records.map(({ psaId }) => psaId)).toEqual(wanted.map(({ id }) => String(id)));
    expect(paths().filter((path) => DETAIL.test(path))).toHaveLength(wanted.length);
    const lists = admin.requests().requests.filter(({ path }) => path.endsWith('/searchselect'));
    const asked = lists.map(({ query }) => new URLSearchParams(query).getAll('Filter.CategoryIds'));
    expect(new Set(asked.map((filter) => filter.length))).toEqual(new Set([some.length === 1 ? 1 : 0]));
  }
});

it('gives what it has when the hour is used up, and asks for no device twice afterwards', async () => {
  const { connect, admin, paths } = await simulatedBms();
  const accounts = [...new Set(assetsOf(admin).map(({ accountId }) => String(accountId)))];
  const connection = connect();
  admin.addFaults([
    { status: 429, retryAfterSeconds: 60, path: '^/servicedesk/hardwareasset/\\d+$', afterRequests: 10, count: 1 },
  ]);
  const request = devicesOf(accounts);
  const first = await connection.page(request);
  expect(first.records.length).toBeGreaterThan(0);
  await expect(connection.page({ ...request, cursor: first.next })).rejects.toMatchObject({ code: 'rate_limited' });
  const rest = await allPages(connection, { ...request, cursor: first.next });
  const read = recordsOf([first, ...rest]).map(({ psaId }) => psaId);
  expect(read).toEqual(
    assetsOf(admin)
      .filter(({ isActive }) => isActive)
      .map(({ id }) => String(id)),
  );
  // Those that were under way with the one that was refused are asked for again: no more than go at once.
  expect(paths().filter((path) => DETAIL.test(path)).length).toBeLessThanOrEqual(read.length + 4);
});

it('sets a device aside at the last try that the server can not give, and reads the others', async () => {
  const { connect, admin } = await simulatedBms();
  const accounts = [...new Set(assetsOf(admin).map(({ accountId }) => String(accountId)))];
  const [bad] = assetsOf(admin).filter(({ isActive }) => isActive);
  admin.addFaults([{ status: 500, path: `/servicedesk/hardwareasset/${bad!.id}` }]);
  const request = devicesOf(accounts);
  await expect(connect().page(request)).rejects.toMatchObject({ code: 'server_error' });
  const page = await connect().page({ ...request, lastTry: true });
  expect(page.rejects).toMatchObject([{ psaId: String(bad!.id) }]);
  expect(page.records.length).toBeGreaterThan(10);
});
