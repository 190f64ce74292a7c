import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../simulator/rate-limit.ts';
import { startSimulator, type PsaName } from '../../simulator/start.ts';

const MINUTE_MS = 60_000;

describe('a limit of requests', () => {
  it('has windows that follow one another, the first of which begins with the first request', () => {
    let now = 59_000;
    const limit = new RateLimit(() => now);
    const exceeded = () => limit.exceeded({ most: 2, windowMs: MINUTE_MS });
    expect([exceeded(), exceeded()]).toEqual([false, false]);
    now += MINUTE_MS - 1;
    expect(exceeded()).toBe(true);
    now += 1;
    expect([exceeded(), exceeded(), exceeded()]).toEqual([false, false, true]);
  });

  it('counts by key, and nothing where there is none', () => {
    const limit = new RateLimit(() => 0);
    const exceeded = (key: string) => limit.exceeded({ most: 1, windowMs: MINUTE_MS, key });
    expect([exceeded('a'), exceeded('b'), exceeded('a')]).toEqual([false, false, true]);
    expect([1, 2, 3].map(() => limit.exceeded({ most: 0, windowMs: MINUTE_MS }))).toEqual([false, false, false]);
  });
});

/** A setting that lets one request through, and a path that needs no credentials to be counted. */
const LIMITED: readonly [PsaName, setting: string, path: string][] = [
  ['connectwise', 'requestsPerMinute', '/company/contacts'],
  ['autotask', 'requestsPerHour', '/Contacts/0'],
  ['kaseya-bms', 'requestsPerHour', '/crm/contacts/summary'],
  ['tigerpaw', 'requestsPerMinute', '/accounts/1001'],
];

it.each(LIMITED)('a reset of the simulated %s forgets what was counted', async (name, setting, path) => {
  const simulator = await startSimulator(name, { size: 50, settings: { [setting]: 1 } });
  try {
    const status = async () => (await fetch(simulator.apiUrl + path)).status;
    const [first, second] = [await status(), await status()];
    expect([first === 429, second]).toEqual([false, 429]);
    simulator.admin.reset();
    expect(await status()).toBe(first);
  } finally {
    await simulator.close();
  }
});
