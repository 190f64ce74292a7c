import { beforeAll, describe, expect, it } from 'vitest';
import { psaRows } from '../oracle/connectwise.ts';
import { makeLocals } from '../oracle/locals.ts';
import { operate } from '../oracle/operate.ts';
import { openOwner } from '../oracle/ours.ts';
import { type Attic, shake } from '../oracle/shake.ts';
import { seeded } from '../support/random.ts';
import { sync, testWorker, type TestWorker } from '../support/sync.ts';
import { canonicalDump } from './dump.ts';
import { type Stage, stage } from './stage.ts';

let worker: TestWorker;
let sql: ReturnType<typeof openOwner>;

beforeAll(async () => {
  worker = await testWorker();
  sql = openOwner(worker.ownerUrl);
});

/** All but the runs themselves. */
async function standing({ home }: Stage): Promise<unknown> {
  const { ranges: _ranges, ...rest } = JSON.parse(await canonicalDump(sql, home)) as Record<string, unknown>;
  return rest;
}

type Steps = Record<string, string[]>;

/** What a dry run plans, by action: `kind psaId`. */
async function planned(runId: string): Promise<Steps> {
  const rows = await sql<{ action: string; steps: string[] }[]>`
    select action, array_agg(kind || ' ' || psa_id order by kind, psa_id) as steps from dry_run_items
    where run_id = ${runId} and action not in ('outside', 'update') group by action`;
  return Object.fromEntries(rows.map(({ action, steps }) => [action, steps]));
}

/** Steps by comparing what stands before and after: what was created, linked, orphaned, set aside. */
async function ties({ home }: Stage) {
  const rows = await sql<{ tie: string; record_id: string; state: string; rule: string }[]>`
    select kind || ' ' || psa_id as tie, record_id, state, rule from links where tenant_id = ${home.tenantId} order by kind, psa_id`;
  return new Map(rows.map((row) => [row.tie, row]));
}

async function done(set: Stage, before: Awaited<ReturnType<typeof ties>>): Promise<Steps> {
  const after = [...(await ties(set))];
  const tied = after.filter(([tie, { record_id }]) => before.get(tie)?.record_id !== record_id);
  const reviews = await sql<{ tie: string }[]>`
    select kind || ' ' || psa_id as tie from reviews where tenant_id = ${set.home.tenantId} and state = 'open' order by kind, psa_id`;
  const orphans = after.filter(([tie, { state }]) => state === 'orphaned' && before.get(tie)?.state !== 'orphaned');
  const steps = {
    create: tied.filter(([, { rule }]) => rule === 'created').map(([tie]) => tie),
    link: tied.filter(([, { rule }]) => rule !== 'created').map(([tie]) => tie),
    orphan: orphans.map(([tie]) => tie),
    review: reviews.map(({ tie }) => tie),
  };
  return Object.fromEntries(Object.entries(steps).filter(([, list]) => list.length > 0));
}

const counts = (runId: string) => sql`
  select kind, read, created, linked, updated, unchanged, outside, review, rejected from run_ranges
  where run_id = ${runId} order by kind`;

/** A dry run writes nothing; the real one then does what it said. */
async function foretells(set: Stage): Promise<void> {
  const stood = await standing(set);
  const before = await ties(set);
  const dry = await sync(worker, set.home, 'full', true);
  expect(await standing(set)).toEqual(stood);
  await set.oracle.look();
  const real = await sync(worker, set.home);
  expect(await done(set, before)).toEqual(await planned(dry.runId));
  expect([...(await counts(real.runId))]).toEqual([...(await counts(dry.runId))]);
  await set.oracle.verdictOn(real.runId);
}

describe('a dry run', () => {
  it.each([1, 2])(
    'foretells the first sync and a later one, and writes nothing but its plan (world %i)',
    async (seed) => {
      const random = seeded(100 + seed);
      const set = await stage(worker, { seed });
      await makeLocals(worker.database, set.home, set.simulator, random);
      await foretells(set);
      const attic: Attic = [];
      const company = psaRows(set.simulator).companies[4];
      // Gone and back again, so that what belongs to it comes back with it.
      set.simulator.admin.putRows('companies', [{ id: Number(company?.['id']), deletedFlag: true }]);
      await set.oracle.sync();
      set.simulator.admin.putRows('companies', [{ id: Number(company?.['id']), deletedFlag: false }]);
      shake(set.simulator, random, attic);
      await operate(worker.database, set.home, random);
      await foretells(set);
    },
  );
});
