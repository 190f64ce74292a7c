import { expect, it } from 'vitest';
import { simulatedBms } from '../support/simulated-bms.ts';

it('learns types and categories from what records use, where a table is called otherwise', async () => {
  const { connect, admin } = await simulatedBms({
    settings: { tables: { AssetCategory: 'HardwareCategory', EmailType: null } },
  });
  const used = new Set(
    ([...admin.state('assets')] as { categoryId: number }[]).map(({ categoryId }) => String(categoryId)),
  );
  const rows = await connect().lookups();
  const categories = rows.filter(({ list }) => list === 'configuration_type');
  expect(new Set(categories.map(({ psaId }) => psaId))).toEqual(used);
  const choices = await connect().writer!.pushChoices('contactEmailType');
  expect(choices.map(({ name }) => name)).toContain('Work');
});

it('goes on where it was when there are more records to learn from than an hour has requests', async () => {
  const { connect, admin } = await simulatedBms({
    size: 1_500,
    settings: { requestsPerHour: 0, tables: { AssetCategory: null } },
  });
  const lists = () => admin.requests().requests.filter(({ path }) => path.endsWith('/searchselect'));
  const whole = await connect().lookups();
  const least = lists().length;
  expect(least).toBeGreaterThan(6);
  admin.clearRequests();
  const connection = connect();
  // Each try gets two pages further.
  const addLimit = () =>
    admin.addFaults([{ status: 429, path: '^/servicedesk/hardwareasset/searchselect$', afterRequests: 2, count: 1 }]);
  addLimit();
  let failures = 0;
  for (;;) {
    const rows = await connection.lookups().catch(() => null);
    if (rows !== null) {
      expect(rows).toEqual(whole);
      break;
    }
    failures += 1;
    expect(failures).toBeLessThan(least);
    addLimit();
  }
  expect(failures).toBeGreaterThan(1);
  expect(lists().length).toBe(least + failures);
  // Learned once more, it is learned from the beginning.
  admin.clearFaults();
  admin.clearRequests();
  await connection.lookups();
  expect(lists()).toHaveLength(least);
});

it('does not take an outage for a table that is missing', async () => {
  const { connect, admin } = await simulatedBms();
  admin.addFaults([{ status: 503, path: '/system/lookup/' }]);
  await expect(connect().lookups()).rejects.toMatchObject({ code: 'server_error', status: 503 });
});
