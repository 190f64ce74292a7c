import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { readRun } from '../../../db/runs/read-run.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import { testDatabase } from '../../support/database.ts';
import { pretendSync, psaRecord } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;

const acme = psaRecord('organization', '7', { name: 'Acme' });
const contact = (psaId: string, firstName: string) => psaRecord('contact', psaId, { organization: '7', firstName });

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database);
  await pretendSync(database, home, {
    records: { organization: [acme], contact: [contact('1', 'Ada'), contact('2', 'Grace')] },
  });
});

/** What becomes of contacts that come one a page: planned by a dry run, and done by the sync after it. */
async function plannedAndDone(...contacts: PsaRecord[]) {
  const counts = async (dryRun: boolean) => {
    const records = { organization: [acme], contact: contacts };
    const { runId } = await pretendSync(database, home, { records, pageSize: 1, dryRun });
    const run = await database.withTenant(home.tenantId, (tx) => readRun(tx, { id: runId }));
    return run?.ranges.find(({ kind }) => kind === 'contact')?.counts;
  };
  return { planned: await counts(true), done: await counts(false) };
}

describe('a dry run knows what it planned on earlier pages:', () => {
  it('a name that a contact would take', async () => {
    const { planned, done } = await plannedAndDone(contact('1', 'Hedy'), contact('2', 'Grace'), contact('9', 'Hedy'));
    expect(planned).toMatchObject({ updated: 1, review: 1, created: 0 });
    expect(done).toEqual(planned);
  });

  it('a name that a contact would give up', async () => {
    const { planned, done } = await plannedAndDone(contact('1', 'Hedy'), contact('2', 'Grace'), contact('9', 'Ada'));
    expect(planned).toMatchObject({ updated: 1, review: 0, created: 1 });
    expect(done).toEqual(planned);
  });

  it('a contact that is back, and so is free for nobody else', async () => {
    await database.withTenant(home.tenantId, (tx) =>
      tx.db.execute(sql`update links set state = 'orphaned' where kind = 'contact' and psa_id = '1'`),
    );
    const { planned, done } = await plannedAndDone(contact('1', 'Ada'), contact('2', 'Grace'), contact('9', 'Ada'));
    expect(planned).toMatchObject({ updated: 1, review: 1, linked: 0 });
    expect(done).toEqual(planned);
  });

  it('a record that another would be tied to, before its old PSA record comes back', async () => {
    await database.withTenant(home.tenantId, (tx) =>
      tx.db.execute(sql`update links set state = 'orphaned' where kind = 'contact' and psa_id = '2'`),
    );
    const { planned, done } = await plannedAndDone(contact('11', 'Grace'), contact('1', 'Ada'), contact('2', 'Hopper'));
    expect(planned).toMatchObject({ linked: 1, created: 1, updated: 0 });
    expect(done).toEqual(planned);
  });
});
