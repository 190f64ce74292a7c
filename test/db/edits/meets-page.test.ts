import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyRecords } from '../../../db/apply/apply-records.ts';
import type { ApplyContext } from '../../../db/apply/context.ts';
import { LookupCache } from '../../../db/apply/lookup-cache.ts';
import type { Database, TenantTx } from '../../../db/database.ts';
import { drawReadSeq } from '../../../db/pull/range.ts';
import { deleteRecords } from '../../../db/edits/delete-records.ts';
import { StillSyncing } from '../../../db/edits/edit.ts';
import { saveEdit } from '../../../db/edits/save-edits.ts';
import type { LinkState } from '../../../domain/plan-types.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import { providerRules } from '../../../psa/registry.ts';
import { openOwner } from '../../oracle/ours.ts';
import { testDatabase } from '../../support/database.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration } from '../../support/tenant.ts';

let database: Database;
let owner: ReturnType<typeof openOwner>;

beforeAll(async () => {
  const made = await testDatabase();
  ({ database } = made);
  owner = openOwner(made.ownerUrl);
});

const acme = psaRecord('organization', '7', { name: 'Acme' });
const grace = psaRecord('contact', '2', { organization: '7', firstName: 'Grace' });
const ada = (title: string) => psaRecord('contact', '1', { organization: '7', firstName: 'Ada', title });

/** Waits until a transaction waits for another's lock. */
async function somebodyWaits(): Promise<void> {
  const waiting = () => owner`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await waiting()).length === 0) await sleep(5);
}

interface Meeting {
  /** What the links of both were before, when not live. */
  readonly links?: LinkState;
  /** What the page brings. */
  readonly page: readonly PsaRecord[];
  readonly write: (tx: TenantTx, ids: { readonly contact: string; readonly organization: string }) => Promise<unknown>;
}

/** A contact, and a page that has locked its link and goes on to the records while somebody writes there. Answers how that ends. */
async function pageMeets({ links = 'live', page, write }: Meeting) {
  const home = await testIntegration(database);
  const { tenantId, integrationId } = home;
  await pretendSync(database, home, { records: { organization: [acme], contact: [ada('Countess')] } });
  const contact = await recordOf(database, home, 'contact', '1');
  const organization = await recordOf(database, home, 'organization', '7');
  await rowsOfTenant(database, home, sql`update links set state = ${links}`);
  const { writing } = await database.withTenant(
    tenantId,
    async (tx) => {
      await tx.db.execute(sql`select from links where kind = 'contact' for update`);
      const writing = database.withTenant(tenantId, (other) => write(other, { contact, organization }));
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
      await applyRecords(context, page);
      return { writing }; // wrapped, so that it is not awaited before this transaction ends
    },
    'sync',
  );
  const [refused] = await Promise.allSettled([writing]);
  const contacts = await rowsOfTenant(
    database,
    home,
    sql`select first_name as name, title, notes from contacts order by id`,
  );
  const organizations = await rowsOfTenant(database, home, sql`select name from organizations`);
  return { reason: refused.status === 'rejected' ? (refused.reason as unknown) : null, contacts, organizations };
}

describe('a person and a page at the same record do not wait for each other in a ring', () => {
  it('when the person writes', async () => {
    const set = { notes: 'Poetical science' };
    const after = await pageMeets({
      page: [ada('Analyst')],
      write: (tx, { contact: recordId }) =>
        saveEdit(tx, { recordId, kind: 'contact', set, source: 'edit', author: 'somebody' }, providerRules),
    });
    expect(after.reason).toBeNull();
    expect(after.contacts).toEqual([{ name: 'Ada', title: 'Analyst', notes: 'Poetical science' }]);
  });

  const deleting: Omit<Meeting, 'page'> = {
    links: 'disabled',
    write: (tx, { organization }) => deleteRecords(tx, 'organization', [organization], 'ada'),
  };

  it('when the person deletes the organization', async () => {
    const after = await pageMeets({ ...deleting, page: [ada('Analyst')] });
    expect(after).toEqual({ reason: null, contacts: [], organizations: [] });
  });

  it('when the person deletes the organization into which the page puts a contact: that one is named', async () => {
    const after = await pageMeets({ ...deleting, page: [ada('Analyst'), grace] });
    expect(after.reason).toBeInstanceOf(StillSyncing);
    expect(after.contacts).toMatchObject([{ name: 'Ada', title: 'Countess' }, { name: 'Grace' }]);
    expect(after.organizations).toEqual([{ name: 'Acme' }]);
  });
});
