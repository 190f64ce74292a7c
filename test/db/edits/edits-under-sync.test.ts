import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { saveEdits } from '../../../db/edits/save-edits.ts';
import { providerRules } from '../../../psa/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { editor } from '../../support/edits.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration } from '../../support/tenant.ts';

it('edits while syncs write the same records all come to an end, and each is there or in the conflict log', async () => {
  const { database } = await testDatabase();
  const home = await testIntegration(database, { twoWay: true });
  const people = editor(database, home);
  const ids = Array.from({ length: 12 }, (_, i) => String(i + 10));
  const page = (title: string) => ({
    contact: ids.map((id) => psaRecord('contact', id, { organization: '7', firstName: `Nr ${id}`, title })),
  });
  const records = { organization: [psaRecord('organization', '7', { name: 'Acme' })], ...page('as read') };
  await pretendSync(database, home, { records });
  const contacts = await Promise.all(ids.map((id) => recordOf(database, home, 'contact', id)));

  const editAll = async (round: number) => {
    const order = round % 2 === 0 ? contacts : [...contacts].reverse();
    const head = { set: { title: `edit ${round}` }, source: 'edit', author: 'ada' } as const;
    const edits = order.map((recordId) => ({ ...head, recordId }));
    await people.inTenant((tx) => saveEdits(tx, 'contact', edits, providerRules));
  };
  const syncAll = async () => {
    for (let i = 0; i < 6; i++) await pretendSync(database, home, { records: page(`as read ${i}`) });
  };
  await Promise.all([syncAll(), ...Array.from({ length: 6 }, (_, round) => editAll(round))]);

  const fallen = await rowsOfTenant(
    database,
    home,
    sql`
    select record_id, local_value from conflicts where field = 'title'`,
  );
  for (const id of contacts) {
    const written = (await people.history(id)).filter(({ source }) => source === 'edit').at(-1);
    const [, last] = (written?.['changes'] as Record<string, [string, string]>)['title'] ?? [];
    const fell = fallen.some(({ record_id, local_value }) => record_id === id && local_value === last);
    expect((await people.valuesOf(id))?.['title'] === last || fell).toBe(true);
  }
});
