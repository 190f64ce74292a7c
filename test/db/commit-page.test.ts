import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { LookupCache } from '../../db/apply/lookup-cache.ts';
import type { Database } from '../../db/database.ts';
import { commitPage, type PageToCommit } from '../../db/pull/commit-page.ts';
import { drawReadSeq, readRange } from '../../db/pull/range.ts';
import { openRun } from '../../db/runs/open-run.ts';
import { readRun } from '../../db/runs/read-run.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import { testDatabase } from '../support/database.ts';
import { TEST_LISTS, testIntegration, type TestIntegration } from '../support/tenant.ts';

let database: Database;
let home: TestIntegration;

beforeAll(async () => {
  ({ database } = await testDatabase());
});

/** A run of organizations that has just begun. */
async function begin() {
  home = await testIntegration(database);
  const opened = await database.withTenant(home.tenantId, (tx) =>
    openRun(tx, {
      integrationId: home.integrationId,
      job: 'full',
      dryRun: false,
      trigger: 'operator',
      mappingVersion: 1,
      kinds: ['organization'],
      workflowId: 'sync-test',
      workflowRunId: 'one',
    }),
  );
  const commit = (page: Partial<PageToCommit>) =>
    database.withTenant(
      home.tenantId,
      async (tx) => {
        const range = await readRange(tx, opened.runId, 'organization');
        const gate = { types: 'organization_type', statuses: 'organization_status' } as const;
        const context = {
          tx,
          integrationId: home.integrationId,
          kind: 'organization' as const,
          settings: range.settings,
          mappingVersion: 1,
          gate,
        };
        const reading = {
          readSeq: await drawReadSeq(tx),
          run: range.run,
          organizations: new Map<string, string>(),
          lookups: new LookupCache(),
        };
        return commitPage(
          { ...context, ...reading },
          { fence: opened.fence, cursorBefore: null, cursorAfter: null, records: [], rejects: [], ...page },
        );
      },
      'sync',
    );
  return { ...opened, commit };
}

function company(psaId: string, name: string): PsaRecord {
  const [client, , active] = TEST_LISTS;
  return { kind: 'organization', psaId, types: [client], status: active, fields: { name }, gone: false };
}

const organizations = () =>
  database.withTenant(home.tenantId, async (tx) => [
    ...(await tx.db.execute<{ name: string }>(sql`select name from organizations order by name`)),
  ]);

describe('a page', () => {
  it('moves the cursor with its records', async () => {
    const { runId, commit } = await begin();
    await commit({ cursorAfter: '2', records: [company('1', 'Acme'), company('2', 'Bolt')] });
    const range = await database.withTenant(home.tenantId, (tx) => readRange(tx, runId, 'organization'));
    expect(range).toMatchObject({ cursor: '2', state: 'open' });
    expect(await organizations()).toHaveLength(2);
  });

  it('tells how many there are to read, where it knows how many follow, and leaves it where it does not', async () => {
    const { runId, commit } = await begin();
    const expected = async () =>
      (await database.withTenant(home.tenantId, (tx) => readRun(tx, { id: runId })))?.ranges[0]?.expected;
    await commit({ cursorAfter: '2', records: [company('1', 'Acme'), company('2', 'Bolt')], left: 10 });
    expect(await expected()).toBe(12);
    await commit({ cursorBefore: '2', cursorAfter: '3', records: [company('3', 'Crane')], left: 4 });
    expect(await expected()).toBe(7);
    await commit({ cursorBefore: '3', cursorAfter: '4', records: [company('4', 'Dover')] });
    expect(await expected()).toBe(7);
  });

  it('is taken once, however often it is sent', async () => {
    const { commit } = await begin();
    const page = { cursorAfter: '1', records: [company('1', 'Acme')] };
    await commit(page);
    await expect(commit(page)).rejects.toThrow('already taken');
    expect(await organizations()).toHaveLength(1);
  });

  it('writes nothing once a newer run has raised the fence', async () => {
    const { commit, fence } = await begin();
    await expect(commit({ fence: fence - 1, records: [company('1', 'Acme')] })).rejects.toThrow('newer run');
    expect(await organizations()).toEqual([]);
  });

  it('sets aside a record that the database cannot store, and takes the rest', async () => {
    const { runId, commit } = await begin();
    const broken = { ...company('2', 'Broken'), fields: { name: 'Broken', shortName: 'nul \u0000 inside' } };
    await commit({ records: [company('1', 'Acme'), broken, company('3', 'Crane')] });
    expect(await organizations()).toEqual([{ name: 'Acme' }, { name: 'Crane' }]);
    const run = await database.withTenant(home.tenantId, (tx) => readRun(tx, { id: runId }));
    expect(run?.ranges[0]).toMatchObject({ state: 'complete', counts: { read: 3, created: 2, rejected: 1 } });
    const rejects = await database.withTenant(home.tenantId, async (tx) => [
      ...(await tx.db.execute(sql`select psa_id, code from rejects`)),
    ]);
    expect(rejects).toEqual([{ psa_id: '2', code: 'not_storable' }]);
  });
});
