import { beforeAll, describe, expect, it } from 'vitest';
import { type LeaseSource, RequestBudget } from '../../activities/request-budget.ts';
import type { Database } from '../../db/database.ts';
import { changeSettings } from '../../db/integrations/change-settings.ts';
import { drawHolder, leaseBudget, prolongSlots, returnSlots } from '../../db/integrations/lease-budget.ts';
import { blockIntegration, markCredentials } from '../../db/integrations/stop-signs.ts';
import type { IntegrationSettings } from '../../db/schema/integrations.ts';
import type { LimitScopes } from '../../psa/contract.ts';
import { PsaError } from '../../psa/errors.ts';
import { testDatabase } from '../support/database.ts';
import { testIntegration, type TestIntegration } from '../support/tenant.ts';

let database: Database;

beforeAll(async () => {
  ({ database } = await testDatabase());
});

const limited = (settings: Partial<IntegrationSettings>) =>
  testIntegration(database, { windowSeconds: 3600, requestsInFlight: 4, ...settings });

/** The budget as one process has it. */
async function processOf(
  { tenantId, integrationId }: TestIntegration,
  reserve = 0,
  per: LimitScopes = { window: 'integration', inFlight: 'integration' },
  slotSeconds = 60,
): Promise<RequestBudget> {
  const holder = await database.withTenant(tenantId, drawHolder);
  const source: LeaseSource = {
    lease: (wanted) =>
      database.withTenant(tenantId, (tx) =>
        leaseBudget(tx, { ...wanted, integrationId, holder, slots: 4, slotSeconds, reserve }),
      ),
    prolong: (lane) =>
      database.withTenant(tenantId, (tx) => prolongSlots(tx, { integrationId, holder, lane, slotSeconds })),
    giveBack: (lane) => database.withTenant(tenantId, (tx) => returnSlots(tx, integrationId, holder, lane)),
    block: (forMs) => database.withTenant(tenantId, (tx) => blockIntegration(tx, integrationId, forMs)),
  };
  return new RequestBudget(source, per);
}

/** How many requests a process gets before it is told to wait. */
async function spend(budget: RequestBudget, endpoint?: string): Promise<number> {
  for (let sent = 0; ; sent += 1) {
    try {
      (await budget.acquire(undefined, endpoint))();
    } catch (error) {
      expect(error).toBeInstanceOf(PsaError);
      expect(error).toMatchObject({ code: 'rate_limited', retry: 'at' });
      return sent;
    }
  }
}

/** Tries again as long as others have all slots, as the orchestrator does. */
async function eventually<T>(acquire: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 20_000; ;) {
    try {
      return await acquire();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

/** Keeps processes busy for so long; how many requests each sent, and how many were in flight together at most. */
async function busy(processes: readonly RequestBudget[], forMs: number): Promise<[sent: number[], together: number]> {
  let inFlight = 0;
  let together = 0;
  const until = Date.now() + forMs;
  const sent = await Promise.all(
    processes.map(async (budget) => {
      let count = 0;
      const caller = async () => {
        while (Date.now() < until) {
          const release = await budget.acquire(undefined, 'contacts').catch(() => undefined);
          if (!release) continue;
          inFlight += 1;
          count += 1;
          together = Math.max(together, inFlight);
          await new Promise((resolve) => setTimeout(resolve, 5));
          inFlight -= 1;
          release();
        }
      };
      await Promise.all([caller(), caller(), caller(), caller()]);
      return count;
    }),
  );
  return [sent, together];
}

describe('a request budget', () => {
  it('is exact over processes: together they send what the window allows, not one more', async () => {
    const home = await limited({ requestsPerWindow: 120 });
    const sent = await Promise.all([
      spend(await processOf(home)),
      spend(await processOf(home)),
      spend(await processOf(home)),
    ]);
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(120);
  });

  it('leaves a share of the window to those who come later', async () => {
    const home = await limited({ requestsPerWindow: 100 });
    expect(await spend(await processOf(home, 0.1))).toBe(90);
    expect(await spend(await processOf(home))).toBe(10);
  });

  it('counts each endpoint by itself where the PSA does, also over processes', async () => {
    const home = await limited({ requestsPerWindow: 60 });
    const per = { window: 'endpoint', inFlight: 'endpoint' } as const;
    const [one, other] = [await processOf(home, 0, per), await processOf(home, 0, per)];
    const sent = await Promise.all([spend(one, 'contacts'), spend(other, 'contacts'), spend(one, 'accounts')]);
    expect(sent[0] + sent[1]).toBe(60);
    expect(sent[2]).toBe(60);
  });

  it('shares one window among endpoints whose requests in flight are counted apart', async () => {
    const home = await limited({ requestsPerWindow: 6, requestsInFlight: 1 });
    const budget = await processOf(home, 0, { window: 'integration', inFlight: 'endpoint' });
    await budget.acquire(undefined, 'contacts');
    await budget.acquire(undefined, 'companies'); // not held up by the one that is under way
    expect(await spend(budget, 'devices')).toBe(4);
  });

  it('shares the requests in flight among endpoints that have a window each, also when all are asked for at once', async () => {
    const home = await limited({ requestsPerWindow: 1000, requestsInFlight: 4 });
    const { tenantId, integrationId } = home;
    const lease = async (window: string) => {
      const holder = await database.withTenant(tenantId, drawHolder);
      const wanted = {
        integrationId,
        window,
        lane: '',
        holder,
        inUse: 0,
        tokens: 10,
        slots: 4,
        slotSeconds: 60,
        reserve: 0,
      };
      return database.withTenant(tenantId, (tx) => leaseBudget(tx, wanted));
    };
    const leases = await Promise.all(['accounts', 'contacts', 'devices'].map(lease));
    expect(leases.map(({ slots, tokens }) => [slots, tokens]).sort()).toEqual([
      [0, 0],
      [0, 0],
      [4, 10],
    ]);
  });

  it('begins anew with the next window', async () => {
    const home = await limited({ requestsPerWindow: 5, windowSeconds: 3 });
    const budget = await processOf(home);
    expect(await spend(budget)).toBe(5);
    await database.withTenant(home.tenantId, (tx) => changeSettings(tx, home.integrationId, { windowSeconds: 0.01 }));
    (await budget.acquire())();
  });

  it('lets no more requests be in flight than it may, and the next one go when one is over', async () => {
    const budget = await processOf(await limited({ requestsPerWindow: 1000, requestsInFlight: 2 }));
    const [first, second] = [await budget.acquire(), await budget.acquire()];
    let third = false;
    const waiting = budget.acquire().then((release) => {
      third = true;
      return release;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(third).toBe(false);
    first();
    (await waiting)();
    second();
    expect(third).toBe(true);
  });

  it('lets no more requests be in flight than it may over four processes, from the first on, and all of them get on', async () => {
    const most = 3;
    const home = await limited({ requestsPerWindow: 10_000, requestsInFlight: most });
    const per = { window: 'integration', inFlight: 'endpoint' } as const;
    const processes = await Promise.all([1, 2, 3, 4].map(() => processOf(home, 0, per)));
    const [sent, together] = await busy(processes, 2_500);
    expect(together).toBeLessThanOrEqual(most);
    expect(Math.min(...sent)).toBeGreaterThan(0);
  });

  it('gives back the requests in flight that it has no use for, so that others need not wait for long', async () => {
    const home = await limited({ requestsPerWindow: 1000, requestsInFlight: 2 });
    const [idle, other] = [await processOf(home), await processOf(home)];
    (await idle.acquire())();
    const releases = [await other.acquire(), await other.acquire()];
    await expect(idle.acquire()).rejects.toMatchObject({ code: 'rate_limited', retry: 'at' });
    for (const release of releases) release();
    (await idle.acquire())();
  });

  it('keeps the slots of a request that takes long, and lets those of a process that died run out', async () => {
    const home = await limited({ requestsPerWindow: 1000, requestsInFlight: 1 });
    const SHORT_SECONDS = 4; // longer than it takes to prolong them
    const [slow, other] = [await processOf(home, 0, undefined, SHORT_SECONDS), await processOf(home)];
    const end = await slow.acquire();
    const until = Date.now() + 2 * SHORT_SECONDS * 1000;
    while (Date.now() < until)
      await expect(other.acquire()).rejects.toThrow('others have all requests that may be in flight');
    end();
    (await eventually(() => other.acquire()))();

    const { tenantId, integrationId } = home;
    await database.withTenant(tenantId, async (tx) => {
      const wanted = { integrationId, window: '', lane: '', tokens: 1, slots: 1, inUse: 0, reserve: 0 };
      await leaseBudget(tx, { ...wanted, holder: await drawHolder(tx), slotSeconds: SHORT_SECONDS });
    });
    (await eventually(() => other.acquire()))();
  });

  it('stops every process within a second when the PSA asks for rest, tokens in hand or not', async () => {
    const home = await limited({ requestsPerWindow: 1000 });
    const [told, other] = [await processOf(home), await processOf(home)];
    for (const budget of [told, other]) (await budget.acquire())();
    await told.block(60_000);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (const budget of [told, other]) {
      await expect(budget.acquire()).rejects.toMatchObject({ code: 'rate_limited', retry: 'at' });
    }
  });

  it('stops every process when the credentials are refused, until they are renewed', async () => {
    const home = await limited({ requestsPerWindow: 1000 });
    const budget = await processOf(home);
    const mark = (needed: boolean) =>
      database.withTenant(home.tenantId, (tx) => markCredentials(tx, home.integrationId, needed));
    await mark(true);
    await expect(budget.acquire()).rejects.toMatchObject({ code: 'unauthorized', retry: 'never' });
    await mark(false);
    (await budget.acquire())();
  });
});
