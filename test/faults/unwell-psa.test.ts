import { beforeAll, describe, expect, it } from 'vitest';
import type { FaultRuleInput } from '../../simulator/start.ts';
import { TEST_LIMITS, testWorker, type TestWorker } from '../support/sync.ts';
import { stage } from './stage.ts';

let worker: TestWorker;

/** More than any of these faults can spoil in a row, whichever stream meets them: what tries that are used up lead to is not told here. */
const PAGE_TRIES = 50;

beforeAll(async () => {
  worker = await testWorker({ psaTimeoutMs: 1_000, limits: { ...TEST_LIMITS, pageTries: PAGE_TRIES } });
});

const SOME = { path: '/company', share: 0.3, count: 5 } as const;

const WEATHER: readonly (readonly [string, readonly FaultRuleInput[]])[] = [
  ['HTML instead of JSON', [{ kind: 'html', ...SOME }]],
  ['JSON that is cut off', [{ kind: 'truncated', ...SOME }]],
  ['bodies that break off', [{ kind: 'cut', ...SOME }]],
  ['connections that drop', [{ kind: 'drop', ...SOME }]],
  ['answers that never come', [{ kind: 'hang', ...SOME, count: 2 }]],
  ['bodies that trickle', [{ kind: 'slow', delayMs: 20_000, ...SOME, count: 2 }]],
  ['rows given twice', [{ kind: 'duplicate', path: '/company', share: 0.2 }]],
  ['server errors', [{ status: 500, ...SOME }]],
  ['a storm of 503', [{ status: 503, path: '/company', afterRequests: 12, count: 40, retryAfterSeconds: null }]],
  [
    'all of it at once',
    ['html', 'cut', 'drop', 500].map((kind) => ({ kind: kind as 500, path: '/company', share: 0.08, count: 6 })),
  ],
];

describe('a sync of an unwell PSA comes to the same end', () => {
  it.each(WEATHER)('with %s', async (_name, rules) => {
    const { simulator, oracle } = await stage(worker);
    simulator.admin.addFaults(rules);
    const { rejects } = await oracle.sync();
    expect(rejects).toEqual([]);
    for (const { fired } of simulator.admin.faults()) expect(fired).toBeGreaterThan(0);
  });
});

/** Requests that were under way when the PSA asked for rest may still arrive: everything runs in one busy process. */
const UNDER_WAY_MS = 500;

describe('a PSA that asks for rest', () => {
  it('gets it from every stream, for as long as it says', async () => {
    const { simulator, oracle } = await stage(worker, { latencyMs: 10 });
    const retryAfterSeconds = 3;
    const asks = { status: 429, retryAfterSeconds, count: 1 };
    simulator.admin.addFaults([
      { ...asks, path: '^/company/companies/\\d+/sites', afterRequests: 3 },
      { ...asks, path: '/company/configurations', query: 'pageSize' },
    ]);
    await oracle.sync();

    const { requests } = simulator.admin.requests();
    const asked = requests.filter(({ status }) => status === 429);
    expect(asked.length).toBe(2);
    for (const { startedAtMs, durationMs = 0 } of asked) {
      const from = startedAtMs + durationMs;
      const during = requests.filter(
        (request) => request.startedAtMs > from + UNDER_WAY_MS && request.startedAtMs < from + retryAfterSeconds * 1000,
      );
      expect(during).toEqual([]);
    }
  });
});
