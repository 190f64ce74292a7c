import { beforeAll, expect, it } from 'vitest';
import type { Database, TenantTx } from '../../../db/database.ts';
import { setTicks } from '../../../db/integrations/change-settings.ts';
import { openRun } from '../../../db/runs/open-run.ts';
import { readRun } from '../../../db/runs/read-run.ts';
import { testDatabase } from '../../support/database.ts';
import { pretendSync, psaRecord } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;

beforeAll(async () => {
  ({ database } = await testDatabase());
});

/** Of how many companies a run that begins now would tell. */
async function expectedNow({ tenantId, integrationId }: TestIntegration): Promise<number | null | undefined> {
  const run = await database.withTenant(tenantId, async (tx) => {
    const { runId } = await openRun(tx, {
      ...{ integrationId, job: 'full', dryRun: false, trigger: 'operator', mappingVersion: 1 },
      ...{ kinds: ['organization'], workflowId: 'sync-test', workflowRunId: 'one' },
    });
    return readRun(tx, { id: runId });
  });
  return run?.ranges[0]?.expected;
}

const companies = [psaRecord('organization', '1', { name: 'Acme' }), psaRecord('organization', '2', { name: 'Bolt' })];

it('a run expects what the last one read with the same ticks', async () => {
  const home = await testIntegration(database);
  await pretendSync(database, home, { records: { organization: companies } });
  expect(await expectedNow(home)).toBe(2);
});

it('a run with other ticks than the last one expects nothing, because that read others', async () => {
  const home = await testIntegration(database);
  const tick = (ticked: boolean) => (tx: TenantTx) =>
    setTicks(tx, home.integrationId, 'organization_type', ['2'], ticked);
  await database.withTenant(home.tenantId, tick(false));
  await pretendSync(database, home, { records: { organization: [] } });
  await database.withTenant(home.tenantId, tick(true));
  expect(await expectedNow(home)).toBeNull();
});
