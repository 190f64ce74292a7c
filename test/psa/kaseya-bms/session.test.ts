import { expect, it } from 'vitest';
import { simulatedBms } from '../support/simulated-bms.ts';

const LOGIN = '/security/authenticate';
const REFRESH = '/security/refreshtoken';
const logins = (paths: readonly string[]) => paths.filter((path) => path === LOGIN).length;
const refreshes = (paths: readonly string[]) => paths.filter((path) => path === REFRESH).length;

const ids = (numbers: readonly number[]) => numbers.map((id) => ({ psaId: String(id), organizationPsaId: null }));

it('logs in once for all who ask at the same time', async () => {
  const { connect, paths } = await simulatedBms();
  const connection = connect();
  await Promise.all([connection.check(), connection.lookups(), connection.lookups()]);
  expect(logins(paths())).toBe(1);
});

it('renews a token that has ended once for many requests in flight, and loses none of them', async () => {
  let now = Date.now();
  const { connect, paths, admin } = await simulatedBms({ now: () => now, settings: { accessTokenSeconds: 3600 } });
  const connection = connect();
  await connection.lookups();
  now += 3_601_000;
  admin.clearRequests();
  const answer = await connection.byIds({ kind: 'contact', ids: ids([400_001, 400_002, 400_003, 400_004]) });
  expect(answer.records).toHaveLength(4);
  expect([logins(paths()), refreshes(paths())]).toEqual([0, 1]);
});

it('logs in anew where the refresh is refused', async () => {
  const { connect, paths, admin } = await simulatedBms();
  const connection = connect();
  await connection.lookups();
  admin.reset(); // ends all sessions
  await connection.lookups();
  expect([refreshes(paths()), logins(paths())]).toEqual([1, 1]);
});

it('says of a refused login that the user may be asked a second factor, and what to do', async () => {
  const { connect } = await simulatedBms({ settings: { mfaCode: '123456' } });
  const refused = connect().check();
  await expect(refused).rejects.toMatchObject({ code: 'unauthorized', retry: 'never' });
  await expect(refused).rejects.toThrow(/API Employee .* of another user it may ask a second factor/u);
});

it('gives up on a login that is refused, without a word of password or token', async () => {
  const { connect, simulator, admin } = await simulatedBms();
  const connection = connect();
  await connection.lookups();
  admin.reset();
  admin.settings({ role: { apiAccess: false } });
  const error = await connection.lookups().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'unauthorized', retry: 'never', scope: 'integration' });
  const told = JSON.stringify(error, Object.getOwnPropertyNames(error));
  expect(told).not.toContain(simulator.credentials['password']);
  expect(told).not.toMatch(/Bearer|eyJ/u);
});
