import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { sweep } from '../../activities/sweep.ts';
import type { Database } from '../../db/database.ts';
import type { ByIds } from '../../psa/contract.ts';
import { adapterFor } from '../../psa/registry.ts';
import { testDatabase } from '../support/database.ts';
import { pretendSync, psaRecord, rowsOfTenant } from '../support/pretend-sync.ts';
import { testIntegration } from '../support/tenant.ts';

let database: Database;

beforeAll(async () => {
  ({ database } = await testDatabase());
});

const acme = psaRecord('organization', '7', { name: 'Acme' });
const contact = (psaId: string, firstName: string) => psaRecord('contact', psaId, { organization: '7', firstName });

/** A sweep after a sync that did not meet two contacts any more; answered by id as given. */
async function sweepAnswered(answer: Partial<ByIds>) {
  const home = await testIntegration(database);
  await pretendSync(database, home, {
    records: { organization: [acme], contact: [contact('1', 'Ada'), contact('2', 'Grace')] },
  });
  const { runId } = await pretendSync(database, home, { records: { organization: [acme], contact: [] } });
  const psa = { byIds: () => Promise.resolve({ records: [], rejects: [], missing: [], unknown: [], ...answer }) };
  const connections = { access: () => Promise.resolve({ adapter: adapterFor('connectwise'), psa }) };
  const deps = { database, connections, limits: { pageTries: 3 } } as unknown as ActivityDependencies;
  const beat = { signal: new AbortController().signal, say: () => undefined };
  const run = { ...home, runId, fence: 2, kind: 'contact' } as const;
  // Twice, as after a crash before its end was noted.
  const { orphaned } = await sweep(deps, run, beat);
  await sweep(deps, run, beat);
  const rejects = await rowsOfTenant(database, home, sql`select psa_id, scope, code from rejects`);
  const states = await rowsOfTenant(
    database,
    home,
    sql`select psa_id, state from links where kind = 'contact' order by psa_id`,
  );
  const [run_] = await rowsOfTenant(database, home, sql`select state from runs where id = ${runId}`);
  return { orphaned, rejects, states, run: run_ };
}

const ONE_IS_GONE = [
  { psa_id: '1', state: 'orphaned' },
  { psa_id: '2', state: 'live' },
];

// No ConnectWise record is known that its adapter takes and Postgres does not; nor does a list leave out what by id is damaged.
describe('a sweep that meets', () => {
  it('a record that the database cannot store sets it aside, and orphans what is gone', async () => {
    const swept = await sweepAnswered({ missing: ['1'], records: [contact('2', 'Grace\u0000')] });
    expect(swept).toEqual({
      orphaned: 1,
      rejects: [{ psa_id: '2', scope: 'record', code: 'not_storable' }],
      states: ONE_IS_GONE,
      run: { state: 'completed_with_rejects' },
    });
  });

  it('a row that is no record sets it aside, and orphans what is gone', async () => {
    const swept = await sweepAnswered({ missing: ['1'], rejects: [{ psaId: '2', reason: 'no name', raw: '{}' }] });
    expect(swept).toEqual({
      orphaned: 1,
      rejects: [{ psa_id: '2', scope: 'record', code: 'unreadable' }],
      states: ONE_IS_GONE,
      run: { state: 'completed_with_rejects' },
    });
  });
});
