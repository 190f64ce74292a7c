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

it('does not take an outage for a table that is missing', async () => {
  const { connect, admin } = await simulatedBms();
  admin.addFaults([{ status: 503, path: '/system/lookup/' }]);
  await expect(connect().lookups()).rejects.toMatchObject({ code: 'server_error', status: 503 });
});
