import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../../domain/values.ts';
import { housekeeping } from '../support/housekeeping.ts';
import { edit, type Linked, linked, made, ours, psaRows, pushStage, type PushStage, start } from '../support/push.ts';
import { seeded } from '../support/random.ts';
import { sync } from '../support/sync.ts';
import { testWithoutWorker, WorkerProcess } from '../support/worker-process.ts';
import { until } from './midway.ts';

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
const WRITES = ['POST', 'PATCH', 'PUT', 'DELETE'];
/** What the PSA does late is over before anybody looks for it. */
const FAULTS = [
  { status: 503, path: '/company', share: 0.05, retryAfterSeconds: null },
  { status: 429, path: '/company', share: 0.02, retryAfterSeconds: 1 },
  { kind: 'lost-answer', path: '/company', method: WRITES, share: 0.01 },
  { kind: 'late-write', path: '/company', method: WRITES, share: 0.005, delayMs: 1_500 },
] as const;
/** Of a hundred edits so many make a contact, change its phones, or are somebody's at the PSA; all others set a title. */
const SHARES = { create: 0.03, phones: 0.3, theirs: 0.05 };
const TOGETHER = 8;
const STORM_MS = 60_000 + EDITS * 150 + KILLS * 10_000;

interface Contact extends Linked {
  /** What people here wrote last, as far as they wrote it. */
  title?: string;
  phone?: string;
}

let stage: PushStage;
let worker: WorkerProcess;
let organizations: Linked[];
let contacts: Contact[];
const created: string[] = [];

beforeAll(async () => {
  const parts = await testWithoutWorker();
  worker = new WorkerProcess(parts, SETTINGS);
  stage = await pushStage(parts, { size: Math.ceil(RECORDS * 3.2) });
  organizations = await linked(stage, 'organization', 3);
  contacts = await linked(stage, 'contact', RECORDS);
}, 120_000);

async function oneEdit(number: number): Promise<void> {
  const chance = random.next();
  const contact = contacts[number % contacts.length]!;
  if (chance < SHARES.theirs) {
    stage.simulator.admin.putRows('contacts', [{ id: Number(contact.psaId), title: `Theirs ${number}` }]);
  } else if (chance < SHARES.theirs + SHARES.create) {
    const { recordId: organization } = random.pick(organizations);
    const lastName = `Storm${number}`;
    const record = await made(stage, 'contact', { organization, firstName: 'Made', lastName });
    created.push(lastName);
    await start(stage, 'contact', record);
  } else if (chance < SHARES.theirs + SHARES.create + SHARES.phones) {
    contact.phone = `555-${String(number).padStart(7, '0')}`;
    const { phones } = await ours(stage, 'contact', contact);
    const kept = ((phones ?? []) as readonly Phone[]).filter(({ value }) => !value.startsWith('555-0'));
    const added = { value: contact.phone, type: null, extension: null, primary: false };
    await edit(stage, contact, { phones: [...kept, added] as never });
    await start(stage, 'contact', contact);
  } else {
    contact.title = `Ours ${number}`;
    await edit(stage, contact, { title: contact.title });
    await start(stage, 'contact', contact);
  }
}

/** All edits, several records at a time, with a full sync in the middle and kills all along. */
async function storm(): Promise<void> {
  const killAt = new Set(Array.from({ length: KILLS }, (_, at) => Math.floor(((at + 0.7) * EDITS) / KILLS / TOGETHER)));
  let syncing: Promise<unknown> | undefined;
  for (let round = 0; round * TOGETHER < EDITS; round += 1) {
    const numbers = Array.from({ length: TOGETHER }, (_, at) => round * TOGETHER + at).filter((n) => n < EDITS);
    await Promise.all(numbers.map(oneEdit));
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

/** What people here wrote, out of a title or a list of phones. */
function wordsIn(value: unknown): string[] {
  return JSON.stringify(value ?? null).match(/Ours \d+|555-0\d+/gu) ?? [];
}

async function stateCounts(): Promise<Record<string, number>> {
  const rows = await inTenant<{ state: string; count: string }>(sql`select state, count(*) from pushes group by state`);
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

describe('a storm of edits over a PSA that fails, answers late or not at all, with workers that are killed', () => {
  it(
    `leaves every one of ${EDITS} edits over ${RECORDS} records, ${KILLS} kills, in the PSA or in the conflict log, once`,
    async () => {
      stage.simulator.admin.addFaults(
        FAULTS.map((rule) => ({ ...rule, method: 'method' in rule ? [...rule.method] : undefined })),
      );
      stage.simulator.admin.clearJournal();
      await storm();
      expect(stage.simulator.admin.faults().reduce((sum, { fired }) => sum + fired, 0)).toBeGreaterThan(0);
      stage.simulator.admin.clearFaults();
      await housekeeping(stage.worker);
      await until(async () => !((await stateCounts())['pending'] ?? 0));
      await sync(stage.worker, stage.home);
      await until(async () => !((await stateCounts())['pending'] ?? 0));

      // Nothing is stuck: not one waits for its turn, or for a person.
      expect(Object.keys(await stateCounts())).toEqual(['pushed']);
      expect(await inTenant(sql`select * from pending_edits`)).toHaveLength(0);

      // Every last word is in the PSA, was there until the PSA's own people wrote another, or stands in the conflict log.
      const { entries } = stage.simulator.admin.journal();
      const written = new Set(
        entries
          .flatMap(({ changed }) => [changed['title']?.to, changed['value']?.to])
          .filter((value) => value !== undefined),
      );
      const fallen = JSON.stringify(await inTenant(sql`select local_value from conflicts`));
      const lost = contacts
        .flatMap(({ title, phone }) => [title, phone])
        .filter((value) => value !== undefined && !written.has(value) && !fallen.includes(value));
      expect(lost).toEqual([]);

      // So is every word before it that a sync replaced; a word that people here replaced themselves was theirs to drop.
      const replaced = await inTenant<{ changes: Record<string, [unknown, unknown]> }>(
        sql`select changes from field_history where source = 'sync' and kind = 'contact'`,
      );
      const dropped = replaced
        .flatMap(({ changes }) => [...wordsIn(changes['title']?.[0]), ...wordsIn(changes['phones']?.[0])])
        .filter((value) => !written.has(value) && !fallen.includes(value));
      expect(dropped).toEqual([]);

      // And nothing is there twice.
      const phones = psaRows<{ value?: string }>(stage, 'communications').flatMap(({ value = '' }) =>
        value.startsWith('555-0') ? [value] : [],
      );
      expect(phones.length).toBe(new Set(phones).size);
      const names = psaRows<{ lastName?: string }>(stage, 'contacts').map(({ lastName = '' }) => lastName);
      expect(names.filter((name) => name.startsWith('Storm')).sort()).toEqual([...created].sort());

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
