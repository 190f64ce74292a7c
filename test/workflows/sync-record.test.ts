import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRecordSync } from '../../client/temporal/sync-record.ts';
import { moveLink } from '../../db/links/move-link.ts';
import { linksOfRecord } from '../../db/links/record-links.ts';
import { findRecord } from '../../db/records/find-record.ts';
import type { RunningSimulator } from '../../simulator/start.ts';
import { connectTenant, sync, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';
import type { TestIntegration } from '../support/tenant.ts';

interface SimulatedContact {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: { readonly id: number };
  readonly title?: string;
}

let worker: TestWorker;
let simulator: RunningSimulator;
let home: TestIntegration;
let recordId: string;
let psaId: number;
let inPsaAtFirst: SimulatedContact;

beforeAll(async () => {
  worker = await testWorker();
  simulator = await testSimulator();
});

beforeEach(async () => {
  simulator.admin.reset();
  home = await connectTenant(worker.database, simulator);
  await sync(worker, home);
  const [link] = await inTenant((tx) =>
    tx.db.execute<{ record_id: string; psa_id: string }>(
      sql`select record_id, psa_id from links where kind = 'contact' and state = 'live' order by record_id limit 1`,
    ),
  );
  recordId = link?.record_id ?? '';
  psaId = Number(link?.psa_id);
  inPsaAtFirst = inPsa();
});

const inTenant = <T>(work: Parameters<typeof worker.database.withTenant<T>>[1]) =>
  worker.database.withTenant(home.tenantId, work);
const title = async () => (await inTenant((tx) => findRecord(tx, recordId)))?.values['title'];
const states = async () => (await inTenant((tx) => linksOfRecord(tx, recordId))).map(({ state }) => state);
const inPsa = () =>
  [...simulator.admin.state('contacts')].find((row) => (row as SimulatedContact).id === psaId) as SimulatedContact;
const put = (title: string) => {
  const { id, firstName, lastName, company } = inPsaAtFirst;
  simulator.admin.putRows('contacts', [{ id, firstName, lastName, company, title }]);
};

async function syncNow(): Promise<string> {
  const names = { tenantKey: home.tenantId, integrationKey: 'connectwise', provider: 'connectwise' };
  const started = await startRecordSync(worker.client, { ...home, recordId, names });
  return (await started.result()).state;
}

describe('syncing one record', () => {
  it('takes what somebody has just changed in the PSA, and asks for nothing else', async () => {
    put('Chief Analyst');
    simulator.admin.clearRequests();
    expect(await syncNow()).toBe('updated');
    expect(await title()).toBe('Chief Analyst');
    expect(simulator.admin.requests().requests.map(({ path }) => path)).toEqual(['/company/contacts']);
  });

  it('says so when the PSA has nothing new', async () => {
    expect(await syncNow()).toBe('unchanged');
  });

  it('orphans a record that the PSA has deleted, and revives it when it is back', async () => {
    simulator.admin.deleteRows('contacts', [psaId]);
    expect(await syncNow()).toBe('orphaned');
    expect(await states()).toEqual(['orphaned']);
    expect(await syncNow()).toBe('orphaned');
    put('Back again');
    expect(await syncNow()).toBe('updated');
    expect(await states()).toEqual(['live']);
    expect(await title()).toBe('Back again');
  });

  it('leaves a disabled record alone, and says what to do first', async () => {
    await inTenant((tx) => moveLink(tx, 'disable', { recordId }));
    await expect(syncNow()).rejects.toThrow(`the link of record ${recordId} is disabled: enable or reconnect it first`);
  });
});
