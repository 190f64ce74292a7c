import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyRecords } from '../../db/apply/apply-records.ts';
import { LookupCache } from '../../db/apply/lookup-cache.ts';
import { drawReadSeq } from '../../db/pull/range.ts';
import { openRun } from '../../db/runs/open-run.ts';
import type { PsaValues } from '../../domain/values.ts';
import { resetToFirstTask } from '../support/reset.ts';
import { testWorker, type TestWorker } from '../support/sync.ts';
import { asked, begin, ended, requestsTo, until } from './midway.ts';
import { type Stage, stage } from './stage.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

const CONTACTS = '/company/contacts';
const HOLD_MS = 1_500;

interface ContactRow {
  readonly psa_id: string;
  readonly record_id: string;
  readonly title: string | null;
  readonly base: PsaValues;
  readonly hash: string;
}

/** A contact that is in step. */
async function someContact({ home }: Stage): Promise<ContactRow> {
  const [contact] = await worker.database.withTenant(home.tenantId, (tx) =>
    tx.db.execute<ContactRow & Record<string, unknown>>(sql`
      select l.psa_id, l.record_id, c.title, l.base, l.hash from links l
      join contacts c on c.tenant_id = l.tenant_id and c.id = l.record_id
      where l.kind = 'contact' and l.state = 'live' order by l.psa_id limit 1`),
  );
  if (!contact) throw new Error('no contact is in step');
  return contact;
}

/** What a push does with the PSA's answer: the record as it is there from now on, read after everything before. */
async function takeAnswer({ home }: Stage, contact: ContactRow, title: string): Promise<void> {
  const { tenantId, integrationId } = home;
  await worker.database.withTenant(
    tenantId,
    async (tx) => {
      const [owner] = await tx.db.execute<{ id: string }>(
        sql`select organization_id as id from contacts where tenant_id = ${tenantId} and id = ${contact.record_id}`,
      );
      await applyRecords(
        {
          ...{ tx, integrationId, kind: 'contact', gate: undefined, run: null, mappingVersion: 1 },
          settings: { contactsSync: true, twoWay: false, keepLocalWhenBlank: false, ticked: {} },
          readSeq: await drawReadSeq(tx),
          organizations: new Map([[contact.base['organization'] as string, owner?.id ?? '']]),
          lookups: new LookupCache(),
        },
        [
          {
            kind: 'contact',
            psaId: contact.psa_id,
            types: [],
            status: null,
            fields: { ...contact.base, title },
            gone: false,
          },
        ],
      );
    },
    'sync',
  );
}

describe('two at once', () => {
  it('are one: pressing the button again joins the sync that runs', async () => {
    const set = await stage(worker, { latencyMs: 20 });
    await set.oracle.look();
    const handles = await Promise.all([begin(set), begin(set), begin(set)]);
    const [runId, ...others] = await Promise.all(handles.map(ended));
    expect(others).toEqual([runId, runId]);
    expect(requestsTo(set, CONTACTS)).toHaveLength(1);
    await set.oracle.verdictOn(runId ?? '');
  });

  it('a sync that a newer one has overtaken writes nothing more', async () => {
    const set = await stage(worker);
    const { tenantId, integrationId } = set.home;
    set.simulator.admin.addFaults([{ kind: 'delay', delayMs: HOLD_MS, path: `^${CONTACTS}$` }]);
    const handle = await begin(set);
    await asked(set, CONTACTS);
    const other = { job: 'full', dryRun: false, trigger: 'test', mappingVersion: 1, workflowId: 'other' } as const;
    await worker.database.withTenant(tenantId, (tx) =>
      openRun(tx, { ...other, integrationId, workflowRunId: 'other', kinds: ['contact'] }),
    );
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'overtaken' } });
    const rows = await worker.database.withTenant(tenantId, async (tx) => [
      ...(await tx.db.execute(sql`
        select r.workflow_id = 'other' as newer, r.state, r.error_code, sum(g.read) filter (where g.kind = 'contact') as contacts
        from runs r join run_ranges g on g.tenant_id = r.tenant_id and g.run_id = r.id
        group by r.id, r.workflow_id, r.state, r.error_code order by r.id`)),
    ]);
    expect(rows).toEqual([
      { newer: false, state: 'failed', error_code: 'overtaken', contacts: '0' },
      { newer: true, state: 'running', error_code: null, contacts: '0' },
    ]);
  });

  it('a reset to the first task, with the old attempt still at work, comes to the same end', async () => {
    const set = await stage(worker, { latencyMs: 10 });
    await set.oracle.look();
    set.simulator.admin.addFaults([{ kind: 'delay', delayMs: HOLD_MS, path: `^${CONTACTS}$`, count: 1 }]);
    const handle = await begin(set);
    await asked(set, CONTACTS);
    await resetToFirstTask(worker, handle);
    await set.oracle.verdictOn(await ended(worker.client.workflow.getHandle(handle.workflowId)));
    // Nor does the old attempt, once its answer has come, leave anything behind.
    await until(() => set.simulator.admin.requests().inFlight === 0);
    await sleep(200);
    await set.oracle.sync();
  });
});

describe('a reset of a sync that failed', () => {
  it('is another try, as good as a new sync', async () => {
    const set = await stage(worker);
    set.simulator.admin.addFaults([{ status: 403, path: `^${CONTACTS}$` }]);
    const handle = await begin(set);
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'forbidden' } });
    set.simulator.admin.clearFaults();
    await set.oracle.trust();
    await resetToFirstTask(worker, handle);
    await set.oracle.verdictOn(await ended(worker.client.workflow.getHandle(handle.workflowId)));
  });
});

describe('a page that was read before', () => {
  it('a newer answer of the PSA does not undo it', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const contact = await someContact(set);
    set.simulator.admin.clearRequests();
    set.simulator.admin.putRows('contacts', [{ id: Number(contact.psa_id), title: 'As the page has it' }]);
    set.simulator.admin.addFaults([{ kind: 'slow', delayMs: HOLD_MS, path: `^${CONTACTS}$` }]);
    const handle = await begin(set);
    await asked(set, CONTACTS);
    await takeAnswer(set, contact, 'As it was pushed');
    await handle.result();
    expect((await someContact(set)).title).toBe('As it was pushed');
  });

  it('leaves a record alone while a write of ours to it is under way', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const contact = await someContact(set);
    set.simulator.admin.putRows('contacts', [{ id: Number(contact.psa_id), title: 'From the PSA' }]);
    const writing = (until: string) =>
      worker.database.withTenant(set.home.tenantId, (tx) =>
        tx.db.execute(
          sql`update links set writing_until = ${until}::timestamptz where kind = 'contact' and psa_id = ${contact.psa_id}`,
        ),
      );
    await writing('2999-01-01');
    await (await begin(set)).result();
    expect((await someContact(set)).title).toBe(contact.title);
    await writing('2000-01-01');
    await (await begin(set)).result();
    expect((await someContact(set)).title).toBe('From the PSA');
  });
});
