import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { listOrphaned, recordsOfProposal } from '../../../db/sweep/orphaned.ts';
import { testDatabase } from '../../support/database.ts';
import { pretendSync, psaRecord, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;

const organization = [psaRecord('organization', '7', { name: 'Acme' })];
const ada = (psaId: string) =>
  psaRecord('contact', psaId, { organization: '7', firstName: 'Ada', lastName: 'Lovelace' });
const sync = (...contact: ReturnType<typeof ada>[]) =>
  pretendSync(database, home, { records: { organization, contact } });
const orphaned = () => database.withTenant(home.tenantId, (tx) => listOrphaned(tx, 10));

beforeAll(async () => {
  ({ database } = await testDatabase());
  home = await testIntegration(database);
  await sync(ada('1'), psaRecord('contact', '2', { organization: '7', firstName: 'Grace', lastName: 'Hopper' }));
});

describe('the orphans', () => {
  it('of a proposal are named before anything happens to them', async () => {
    const { integrationId } = home;
    const proposal = { integrationId, kind: 'contact', psaIds: ['2', '1', '99'] } as const;
    expect(await database.withTenant(home.tenantId, (tx) => recordsOfProposal(tx, proposal))).toMatchObject([
      { name: 'Ada Lovelace', organization: 'Acme', psaId: '1' },
      { name: 'Grace Hopper', organization: 'Acme', psaId: '2' },
    ]);
    expect(await orphaned()).toEqual([]);
  });

  it('are records whose link has ended, until the PSA has them again under another id', async () => {
    await rowsOfTenant(
      database,
      home,
      sql`update links set state = 'orphaned' where kind = 'contact' and psa_id = '1'`,
    );
    expect(await orphaned()).toMatchObject([{ kind: 'contact', name: 'Ada Lovelace', integration: 'connectwise' }]);
    await sync(ada('3'));
    expect(await orphaned()).toEqual([]);
  });
});
