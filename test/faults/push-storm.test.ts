import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Send } from '../support/api.ts';
import { housekeeping } from '../support/housekeeping.ts';
import { psaRows, pushStage, type PushStage } from '../support/push.ts';
import { seeded } from '../support/random.ts';
import { servedApi } from '../support/served-api.ts';
import { sync } from '../support/sync.ts';
import { testWithoutWorker, WorkerProcess } from '../support/worker-process.ts';
import { until } from './midway.ts';
import { type Storm, stormOver, WORDS } from './storm-edits.ts';

/** EDITS over RECORDS with KILLS of the worker (default 240, 60 and 2; SEED 1): see CONTRIBUTING for the whole storm. */
const numbered = (name: string, usual: number) => Number(process.env[name] ?? usual);
const EDITS = numbered('EDITS', 240);
const RECORDS = numbered('RECORDS', 60);
const KILLS = numbered('KILLS', 2);
const random = seeded(numbered('SEED', 1));

const SETTINGS = {
  PSA_SYNC_PSA_TIMEOUT_SECONDS: '2',
  PSA_SYNC_WRITE_GRACE_SECONDS: '1',
  PSA_SYNC_RETRY_FIRST_SECONDS: '1',
  PSA_SYNC_RETRY_MAX_SECONDS: '2',
  PSA_SYNC_HEARTBEAT_TIMEOUT_SECONDS: '5',
  PSA_SYNC_HOUSEKEEPING_SECONDS: '3600',
  PSA_SYNC_LOG_LEVEL: 'silent',
};
/** All pushes are the worker's that is killed; and a storm is more than one key may send. */
const API_SETTINGS = { ...SETTINGS, PSA_SYNC_API_PUSHES: 'false', PSA_SYNC_API_REQUESTS: '1000000' };
const WRITES = ['POST', 'PATCH', 'PUT', 'DELETE'];
/** What the PSA does late is over before anybody looks for it. */
const FAULTS = [
  { status: 503, path: '/company', share: 0.05, retryAfterSeconds: null },
  { status: 429, path: '/company', share: 0.02, retryAfterSeconds: 1 },
  { kind: 'lost-answer', path: '/company', method: WRITES, share: 0.01 },
  { kind: 'late-write', path: '/company', method: WRITES, share: 0.005, delayMs: 1_500 },
] as const;
/** So many edits meet every fault, also the rare ones. */
const MANY = 2_000;
const TOGETHER = 8;
const STORM_MS = 60_000 + EDITS * 150 + KILLS * 10_000;

let stage: PushStage;
let worker: WorkerProcess;
let storm: Storm;
let send: Send;

beforeAll(async () => {
  const parts = await testWithoutWorker();
  worker = new WorkerProcess(parts, SETTINGS);
  stage = await pushStage(parts, { size: Math.ceil(100 + RECORDS * 2.2) });
  send = await servedApi(stage, API_SETTINGS);
  storm = await stormOver(stage, send, RECORDS, random);
}, 180_000);

/** All edits, several records at a time, with a full sync in the middle and kills all along. */
async function rage(): Promise<void> {
  const killAt = new Set(Array.from({ length: KILLS }, (_, at) => Math.floor(((at + 0.7) * EDITS) / KILLS / TOGETHER)));
  let syncing: Promise<unknown> | undefined;
  for (let round = 0; round * TOGETHER < EDITS; round += 1) {
    const numbers = Array.from({ length: TOGETHER }, (_, at) => round * TOGETHER + at).filter((n) => n < EDITS);
    await Promise.all(numbers.map((number) => storm.edit(number)));
    if (round === Math.floor(EDITS / TOGETHER / 2)) syncing = sync(stage.worker, stage.home);
    if (killAt.has(round)) {
      await sleep(random.next() * 400);
      await worker.kill();
      worker = new WorkerProcess(stage.worker, SETTINGS);
    }
    await sleep(100);
  }
  await syncing;
}

const inTenant = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  stage.worker.database.withTenant(stage.home.tenantId, (tx) => tx.db.execute<T>(query));

/** Values of the storm in anything. */
const wordsIn = (value: unknown): string[] => JSON.stringify(value ?? null).match(WORDS) ?? [];

async function stateCounts(): Promise<Record<string, number>> {
  const rows = await inTenant<{ state: string; count: string }>(sql`select state, count(*) from pushes group by state`);
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

const nothingPending = async () => !((await stateCounts())['pending'] ?? 0);

/**
 * A worker that is killed in the blink between announcing a record's first request and sending it leaves a question that only a
 * person may answer: the PSA does not have it, and nothing is sent a second time unasked. At most one a kill, and not there.
 */
async function lookAfterKilledCreates(): Promise<void> {
  const unsure = await inTenant<{ name: string }>(sql`
    select coalesce(c.name, p.last_name) as name from pushes left join contacts p on p.id = record_id
    left join configurations c on c.id = record_id where state = 'attention' and reason_code = 'unsure'`);
  expect(unsure.length).toBeLessThanOrEqual(KILLS);
  const there = new Set([...psaNames('contacts'), ...psaNames('configurations')]);
  for (const { name } of unsure) expect(there).not.toContain(name);
  if (unsure.length === 0) return;
  const words = { data: { type: 'pushes', attributes: { 'reason-code': 'unsure' } } };
  expect((await send('POST', '/psa-sync/v1/pushes/retry', words)).status).toBe(202);
  await until(nothingPending);
}

/** Names of what a storm makes. */
function psaNames(collection: 'contacts' | 'configurations'): string[] {
  const rows = psaRows<{ name?: string; lastName?: string }>(stage, collection);
  return rows.map(({ name, lastName }) => name ?? lastName ?? '').filter((name) => name.startsWith('Storm'));
}

/** How often the PSA has each of some of its rows; twice is once too often. */
function twice<T extends object>(collection: string, keyOf: (row: T) => string | null): string[] {
  const keys = psaRows<T>(stage, collection).flatMap((row) => keyOf(row) ?? []);
  const seen = new Set<string>();
  return keys.filter((key) => seen.size === seen.add(key).size);
}

describe('a storm of edits by the API over a PSA that fails, answers late or not at all, with workers that are killed', () => {
  it(
    `leaves every one of ${EDITS} edits over ${RECORDS} records, ${KILLS} kills, in the PSA or in the conflict log, once`,
    async () => {
      const { admin } = stage.simulator;
      const types = (row: { company: { id: number }; type: { id: number } }) => `${row.company.id} ${row.type.id}`;
      const twiceBefore = twice('companyTypeAssociations', types);
      admin.addFaults(FAULTS.map((rule) => ({ ...rule, method: 'method' in rule ? [...rule.method] : undefined })));
      admin.clearJournal();
      await rage();
      const fired = admin.faults().map((rule) => rule.fired);
      expect(fired.filter((times) => times > 0).length).toBeGreaterThanOrEqual(EDITS < MANY ? 2 : FAULTS.length);
      admin.clearFaults();
      await housekeeping(stage.worker);
      await until(nothingPending);
      await sync(stage.worker, stage.home);
      await until(nothingPending);

      await lookAfterKilledCreates();

      // Nothing is stuck: not one waits for its turn, or for a person.
      expect(
        await inTenant(sql`
          select kind, record_id, state, reason_code, reason from pushes where state <> 'pushed' order by kind, record_id`),
      ).toEqual([]);
      expect(await inTenant(sql`select * from pending_edits`)).toHaveLength(0);

      // Every edit that the API took came to the PSA, or stands in the conflict log, or was replaced by another one here.
      const came = new Set(
        admin.journal().entries.flatMap(({ changed }) => wordsIn(Object.values(changed).map((c) => c.to))),
      );
      const rows = await inTenant<{ fallen: unknown; replaced: unknown }>(sql`
        select (select jsonb_agg(local_value) from conflicts) as fallen, (select jsonb_agg(was -> 0)
          from field_history h cross join lateral jsonb_each(h.changes) c(field, was) where h.source = 'edit') as replaced`);
      const fell = new Set(wordsIn(rows[0]?.fallen));
      const replaced = new Set(wordsIn(rows[0]?.replaced));
      const lost = storm.words.filter(({ word }) => !came.has(word) && !fell.has(word) && !replaced.has(word));
      expect(lost).toEqual([]);

      // Every value that a sync replaced had come, or is in the log.
      const [taken] = await inTenant<{ was: unknown }>(sql`
        select jsonb_agg(was -> 0) as was from field_history h cross join lateral jsonb_each(h.changes) c(field, was)
        where h.source = 'sync'`);
      expect(wordsIn(taken?.was).filter((word) => !came.has(word) && !fell.has(word))).toEqual([]);

      // And nothing is there twice: no record, no entry of a list, no type.
      type Item = { contactId: number; value?: string };
      expect(
        twice<Item>('communications', ({ contactId, value }) => (wordsIn(value)[0] ? `${contactId} ${value}` : null)),
      ).toEqual([]);
      expect(twice('companyTypeAssociations', types)).toEqual(twiceBefore);
      for (const kind of ['contacts', 'configurations'] as const)
        expect(psaNames(kind).sort()).toEqual([...storm.made[kind]].sort());

      // Both sides hold the same: a sync finds nothing to do.
      const { runId } = await sync(stage.worker, stage.home);
      const [run] = await inTenant<{ changed: string }>(
        sql`select sum(created + linked + updated) as changed from run_ranges where run_id = ${runId}`,
      );
      expect(Number(run?.changed)).toBe(0);
    },
    STORM_MS,
  );
});
