import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AttentionItem, listAttention } from '../../../db/attention/list-attention.ts';
import type { Database } from '../../../db/database.ts';
import { setPaused } from '../../../db/integrations/change-settings.ts';
import { blockIntegration, markCredentials } from '../../../db/integrations/stop-signs.ts';
import { resolveReject } from '../../../db/rejects/rejects.ts';
import { ignoreReview } from '../../../db/reviews/decide-review.ts';
import { dismissProposal } from '../../../db/sweep/decide-proposal.ts';
import { proposeOrphans } from '../../../db/sweep/proposals.ts';
import { testDatabase } from '../../support/database.ts';
import { makeRecord } from '../../support/local-records.ts';
import { type PretendedSync, pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;

const inTenant = <T>(work: Parameters<typeof database.withTenant<T>>[1]) => database.withTenant(home.tenantId, work);
const companies = [psaRecord('organization', '7', { name: 'Acme' })];
const sync = (more: Partial<PretendedSync> = {}) =>
  pretendSync(database, home, { records: { organization: companies }, ...more });
const waiting = async () => (await inTenant(listAttention)).map(({ what, kind, count }) => [what, kind, count]);
const only = async (what: AttentionItem['what']) => (await inTenant(listAttention)).find((item) => item.what === what);

const unreadable = { scope: 'record', psaId: '31', code: 'unreadable', reason: 'no name', raw: '{}' } as const;

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database);
  await sync();
});

describe('what waits for a person', () => {
  it('is nothing after a run that went well', async () => {
    expect(await waiting()).toEqual([]);
  });

  it('is an integration that is stopped, for whatever reason', async () => {
    await inTenant((tx) => markCredentials(tx, home.integrationId, true));
    await inTenant((tx) => blockIntegration(tx, home.integrationId, 60_000));
    await inTenant((tx) => setPaused(tx, home.integrationId, true));
    expect(await waiting()).toEqual([
      ['credentials', null, 1],
      ['paused', null, 1],
      ['blocked', null, 1],
    ]);
  });

  it('is a failed run until a later one goes well', async () => {
    const { runId } = await sync({ outcome: 'failed' });
    expect(await only('failed_run')).toMatchObject({ id: runId, integration: 'connectwise' });
    await sync();
    expect(await waiting()).toEqual([]);
  });

  it('is a failed contact sync only until a full sync goes well', async () => {
    const { runId } = await sync({ outcome: 'failed' });
    await rowsOfTenant(database, home, sql`update runs set job = 'contact' where id = ${runId}`);
    expect(await only('failed_run')).toMatchObject({ id: runId });
    await sync();
    expect(await waiting()).toEqual([]);
  });

  it('is a reject until somebody sets it aside', async () => {
    await sync({ rejects: { organization: [unreadable] } });
    const item = await only('reject');
    expect(item).toMatchObject({ kind: 'organization', count: 1 });
    await inTenant((tx) => resolveReject(tx, item?.id ?? ''));
    expect(await waiting()).toEqual([]);
  });

  it('is a review, counted by kind, until somebody ignores it', async () => {
    const organization = await recordOf(database, home, 'organization', '7');
    for (let i = 0; i < 2; i += 1)
      await makeRecord(database, home.tenantId, 'contact', { organization, firstName: 'Ada', lastName: 'Lovelace' });
    const ada = psaRecord('contact', '1', { organization: '7', firstName: 'Ada', lastName: 'Lovelace' });
    await sync({ records: { organization: companies, contact: [ada] } });
    const item = await only('review');
    expect(item).toMatchObject({ kind: 'contact', count: 1 });
    await inTenant((tx) => ignoreReview(tx, item?.id ?? '', true));
    expect(await waiting()).toEqual([]);
  });

  it('is a sweep that waits, until it is dismissed', async () => {
    const { integrationId } = home;
    const { runId } = await sync();
    await inTenant((tx) =>
      proposeOrphans(tx, { integrationId, runId, kind: 'organization', psaIds: ['7', '8'], liveCount: 5 }),
    );
    const item = await only('orphans');
    expect(item).toMatchObject({ kind: 'organization', count: 2 });
    await inTenant((tx) => dismissProposal(tx, item?.id ?? ''));
    expect(await waiting()).toEqual([]);
  });

  it('is a push that failed, needs a decision, or waits for a record that nobody pushes', async () => {
    const ask = (recordId: number, state: string, reason: string, waitsFor: number | null = null) =>
      rowsOfTenant(
        database,
        home,
        sql`insert into pushes (tenant_id, integration_id, kind, record_id, origin, state, reason_code, waits_for)
          values (${home.tenantId}, ${home.integrationId}, 'contact', ${recordId}, 'edit', ${state}, ${reason}, ${waitsFor})`,
      );
    await ask(1, 'failed', 'refused');
    await ask(2, 'failed', 'forbidden');
    await ask(3, 'attention', 'unsure');
    await ask(4, 'waiting', 'parent_not_pushed', 9);
    await ask(5, 'waiting', 'parent_not_pushed', 1);
    await ask(6, 'pushed', 'refused');
    expect(await waiting()).toEqual([
      ['failed_push', 'contact', 2],
      ['unsettled_push', 'contact', 1],
      ['waiting_push', 'contact', 1],
    ]);
  });

  it('is never what waits in another tenant', async () => {
    await inTenant((tx) => setPaused(tx, home.integrationId, true));
    home = await testIntegration(database);
    expect(await waiting()).toEqual([]);
  });
});
