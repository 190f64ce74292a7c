import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '../../db/integrations/change-settings.ts';
import { readRun } from '../../db/runs/read-run.ts';
import type { RunningSimulator } from '../../simulator/start.ts';
import type { Subject } from '../psa/contract/subject.ts';
import { kaseyaBms } from '../psa/contract/subjects/kaseya-bms.ts';
import { tigerpaw } from '../psa/contract/subjects/tigerpaw.ts';
import { connectTenant, sync, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';
import { rowsOfTenant } from '../support/pretend-sync.ts';
import type { TestIntegration } from '../support/tenant.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

interface Limited {
  readonly simulator: RunningSimulator;
  readonly home: TestIntegration;
}

/** A PSA that was synced in full; from now on only so many requests go through every three seconds. */
async function limited(subject: Subject, requestsPerWindow: number, size = 120): Promise<Limited> {
  const simulator = await testSimulator({ size }, subject);
  const home = await connectTenant(worker.database, simulator, {}, subject);
  await sync(worker, home);
  // Another number at once, so that nobody has requests left of the window before.
  const settings = { requestsPerWindow, windowSeconds: 3, requestsInFlight: 3 };
  await worker.database.withTenant(home.tenantId, (tx) => changeSettings(tx, home.integrationId, settings));
  simulator.admin.clearRequests();
  return { simulator, home };
}

/** Syncs contacts; answers what the run came to. */
async function syncContacts({ home }: Limited, dryRun = false) {
  const { runId } = await sync(worker, home, 'contact', dryRun);
  const run = await worker.database.withTenant(home.tenantId, (tx) => readRun(tx, { id: runId }));
  const { counts } = run!.ranges.find(({ kind }) => kind === 'contact')!;
  return { runId, state: run?.state, counts };
}

const liveContacts = ({ home }: Limited) =>
  rowsOfTenant(
    worker.database,
    home,
    sql`select psa_id, record_id from links where kind = 'contact' and state = 'live'`,
  );

describe('where a window has fewer requests than a step takes', () => {
  it('a dry run finds what is gone, each by one request, and ends', async () => {
    const psa = await limited(kaseyaBms, 12);
    const ids = (await liveContacts(psa)).slice(0, 20).map((link) => Number(link['psa_id']));
    psa.simulator.admin.deleteRows('contacts', ids);
    const { runId, state } = await syncContacts(psa, true);
    expect(state).toBe('completed');
    const planned = sql`select psa_id from dry_run_items where run_id = ${runId} and action = 'orphan'`;
    expect(await rowsOfTenant(worker.database, psa.home, planned)).toHaveLength(20);
    expect(requestsTo(psa, /^\/crm\/contacts\/summary\/\d+$/u)).toBeLessThan(30);
  }, 60_000);

  it.each([
    { subject: kaseyaBms, requests: 12, peopleOf: kaseyaPeople, byId: /^\/crm\/contacts\/summary\/\d+$/u },
    // What a page is made of leaves no request for the old ones.
    { subject: tigerpaw, requests: 30, peopleOf: tigerpawPeople, byId: /^never$/u },
  ])(
    'contacts made anew in $subject.provider find their records, though it has to be asked for more old ones than that',
    async ({ subject, requests, peopleOf, byId }) => {
      const psa = await limited(subject, requests);
      const before = await liveContacts(psa);
      const live = new Set(before.map((link) => Number(link['psa_id'])));
      const people = unique(peopleOf(psa.simulator))
        .filter(({ id }) => live.has(id))
        .slice(0, 20);
      const ids = people.map(({ id }) => id);
      expect(psa.simulator.admin.deleteRows('contacts', ids)).toBe(20);
      psa.simulator.admin.putRows(
        'contacts',
        people.map(({ row }) => row),
      );
      const { state, counts } = await syncContacts(psa);
      expect(state).toBe('completed');
      expect(counts).toMatchObject({ linked: 20, created: 0 });
      const records = (links: typeof before) => links.map((link) => link['record_id']).sort();
      expect(records(await liveContacts(psa))).toEqual(records(before));
      expect(requestsTo(psa, byId)).toBeLessThan(30);
    },
    60_000,
  );

  it('an account with more contacts than that is read to its end, each contact by one request', async () => {
    const psa = await limited(tigerpaw, 40);
    const { admin } = psa.simulator;
    const [account] = await rowsOfTenant(
      worker.database,
      psa.home,
      sql`select psa_id from links where kind = 'organization' and state = 'live' limit 1`,
    );
    const person = {
      AccountNumber: Number(account?.['psa_id']),
      Inactive: false,
      PhoneNumbers: [],
      EmailAddresses: [],
    };
    admin.putRows(
      'contacts',
      Array.from({ length: 100 }, (_, at) => ({
        ...person,
        id: 900_001 + at,
        FirstName: 'Ada',
        LastName: `Byron ${at}`,
      })),
    );
    const { state, counts } = await syncContacts(psa);
    expect(state).toBe('completed');
    expect(counts.created).toBe(100);
    const opened = requestsTo(psa, /^\/contacts\/\d+\/details$/u);
    expect(opened).toBeLessThan(counts.read + 20);
  }, 60_000);
});

describe('where one request in twenty fails', () => {
  it.each([{ status: 503, retryAfterSeconds: null }, { status: 500 }, { status: 429, retryAfterSeconds: 3 }])(
    'by %j, contacts that are opened one by one are read to the end in hardly more requests',
    async (fault) => {
      const psa = await limited(tigerpaw, 10_000, 300);
      psa.simulator.admin.addFaults([{ ...fault, path: '^/contacts/\\d+/details$', share: 0.05 }]);
      const { state, counts } = await syncContacts(psa);
      expect(state).toBe('completed');
      expect(counts.read).toBeGreaterThan(100);
      expect(requestsTo(psa, /^\/contacts\/\d+\/details$/u)).toBeLessThan(counts.read * 1.4);
    },
    60_000,
  );
});

const requestsTo = ({ simulator }: Limited, path: RegExp): number =>
  simulator.admin.requests().requests.filter((request) => path.test(request.path)).length;

interface Person {
  readonly id: number;
  readonly name: string;
  /** As the admin side takes it. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** Those whose name nobody else has. */
const unique = (people: readonly Person[]): readonly Person[] =>
  people.filter(({ name }) => people.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length === 1);

type Row = Readonly<Record<string, unknown>>;

const kaseyaPeople = ({ admin }: RunningSimulator): Person[] =>
  ([...admin.state('contacts')] as Row[])
    .filter((row) => row['isActive'] === true)
    .map(({ id, ...row }) => ({ id: Number(id), name: `${String(row['firstName'])} ${String(row['lastName'])}`, row }));

const tigerpawPeople = ({ admin }: RunningSimulator): Person[] =>
  ([...admin.state('contacts')] as Row[]).map((row) => {
    const { AccountNumber, FirstName, LastName } = row['Contact'] as Row;
    const person = { AccountNumber, FirstName, LastName, Inactive: false, PhoneNumbers: [], EmailAddresses: [] };
    return { id: Number(row['ContactNumber']), name: `${String(FirstName)} ${String(LastName)}`, row: person };
  });
