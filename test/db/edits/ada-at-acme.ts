import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import type { LinkState } from '../../../domain/plan-types.ts';
import { editor } from '../../support/edits.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration } from '../../support/tenant.ts';

/** A company with an office and a contact, all in step, and somebody who edits them. */
export async function adaAtAcme(database: Database) {
  const home = await testIntegration(database);
  const records = (title = 'Countess') => ({
    organization: [psaRecord('organization', '7', { name: 'Acme' })],
    location: [psaRecord('location', '5', { organization: '7', name: 'Office', phone: '1' })],
    contact: [
      psaRecord('contact', '1', { organization: '7', firstName: 'Ada', lastName: 'Lovelace', title, location: '5' }),
    ],
  });
  const sync = (title?: string) => pretendSync(database, home, { records: records(title) });
  await sync();
  return {
    home,
    people: editor(database, home),
    sync,
    acme: await recordOf(database, home, 'organization', '7'),
    ada: await recordOf(database, home, 'contact', '1'),
    office: await recordOf(database, home, 'location', '5'),
    pushOf: (recordId: string, kind: string) => ({
      integrationId: home.integrationId,
      integrationKey: 'connectwise',
      provider: 'connectwise',
      kind,
      recordId,
    }),
    setState: (recordId: string, state: LinkState) =>
      rowsOfTenant(database, home, sql`update links set state = ${state} where record_id = ${recordId}`),
  };
}
