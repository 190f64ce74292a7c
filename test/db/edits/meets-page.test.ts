import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyRecords } from '../../../db/apply/apply-records.ts';
import type { ApplyContext } from '../../../db/apply/context.ts';
import { LookupCache } from '../../../db/apply/lookup-cache.ts';
import type { Database, TenantTx } from '../../../db/database.ts';
import { drawReadSeq } from '../../../db/pull/range.ts';
import { saveEdit } from '../../../db/edits/save-edits.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import { providerRules } from '../../../psa/registry.ts';
import { openOwner } from '../../oracle/ours.ts';
import { testDatabase } from '../../support/database.ts';
import { pretendSync, psaRecord, recordOf } from '../../support/pretend-sync.ts';
import { testIntegration } from '../../support/tenant.ts';

let database: Database;
let owner: ReturnType<typeof openOwner>;

beforeAll(async () => {
  const made = await testDatabase();
  ({ database } = made);
  owner = openOwner(made.ownerUrl);
});

const acme = psaRecord('organization', '7', { name: 'Acme' });
const ada = (title: string) => psaRecord('contact', '1', { organization: '7', firstName: 'Ada', title });

/** Waits until a transaction waits for another's lock. */
async function somebodyWaits(): Promise<void> {
  const waiting = () => owner`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await waiting()).length === 0) await sleep(5);
}

/** A contact, and a page that has locked its link and goes on to the record while somebody writes there. */
async function pageMeets(write: (tx: TenantTx, recordId: string) => Promise<unknown>) {
  const home = await testIntegration(database);
  const { tenantId, integrationId } = home;
  await pretendSync(database, home, { records: { organization: [acme], contact: [ada('Countess')] } });
  const recordId = await recordOf(database, home, 'contact', '1');
  const organization = await recordOf(database, home, 'organization', '7');
  const edit = await database.withTenant(
    tenantId,
    async (tx) => {
      await tx.db.execute(sql`select from links where kind = 'contact' for update`);
      const writing = database.withTenant(tenantId, (other) => write(other, recordId));
      writing.catch(() => undefined);
      await somebodyWaits();
      const settings = { contactsSync: true, twoWay: false, keepLocalWhenBlank: false, ticked: {} };
      const context: ApplyContext = {
        ...{ tx, integrationId, settings, gate: undefined, run: null, mappingVersion: 1 },
        kind: 'contact',
        readSeq: await drawReadSeq(tx),
        organizations: new Map([['7', organization]]),
        lookups: new LookupCache(),
      };
      await applyRecords(context, [ada('Analyst')]);
      return { writing }; // wrapped, so that it is not awaited before this transaction ends
    },
    'sync',
  );
  await edit.writing;
  return database.withTenant(tenantId, (tx) => findRecord(tx, recordId));
}

describe('a person and a page at the same record do not wait for each other in a ring', () => {
  it('when the person writes', async () => {
    const set = { notes: 'Poetical science' };
    const record = await pageMeets((tx, recordId) =>
      saveEdit(tx, { recordId, kind: 'contact', set, source: 'edit', author: 'somebody' }, providerRules),
    );
    expect(record?.values).toMatchObject({ title: 'Analyst', notes: 'Poetical science' });
  });
});
