import { openDatabase } from '../db/database.ts';
import type { Kind } from '../domain/kinds.ts';
import type { Bench } from './bench.ts';
import { dropDatabase, freshDatabase } from './database.ts';
import { type FloorMeasure, measureFloor } from './measure-floor.ts';
import { measureSync } from './measure-sync.ts';
import type { Result } from './result.ts';
import type { BenchSimulator } from './simulator.ts';
import { syncResults } from './sync-results.ts';
import { connectTenant } from './tenant.ts';

export const SIZED_SCENARIOS = ['first', 'unchanged', 'changed'] as const;
type SizedScenario = (typeof SIZED_SCENARIOS)[number];

/** A sync as a whole, or of some kinds alone. */
interface Part {
  readonly words: string;
  readonly kinds: readonly Kind[] | null;
}

const WHOLE: Part = { words: '', kinds: null };
const LISTS: Part = { words: ' of lists', kinds: ['organization', 'contact', 'configuration'] };
const SITES: Part = { words: ' of sites', kinds: ['location'] };

const CHANGED_SHARE = 0.01;
const DATABASE = 'bench_sync';

export interface SizedRun {
  readonly size: number;
  readonly latencyMs: number;
  readonly chosen: readonly SizedScenario[];
}

/**
 * Syncs one size at one latency: the whole first, then lists and sites apart, on a database of their own; sites after
 * the lists, whose organizations they need. With latency the whole takes as long as the sites, so those are not repeated.
 */
export async function* runSized(
  bench: Bench,
  simulator: BenchSimulator,
  run: SizedRun,
): AsyncGenerator<readonly Result[]> {
  yield* runParts(bench, simulator, run, [WHOLE]);
  const chosen = run.chosen.filter((scenario) => scenario !== 'changed');
  if (chosen.length > 0)
    yield* runParts(bench, simulator, { ...run, chosen }, run.latencyMs === 0 ? [LISTS, SITES] : [LISTS]);
}

async function* runParts(
  bench: Bench,
  simulator: BenchSimulator,
  { size, latencyMs, chosen }: SizedRun,
  parts: readonly Part[],
): AsyncGenerator<readonly Result[]> {
  await simulator.reset();
  const databaseUrl = await freshDatabase(bench.serverUrl, DATABASE);
  const database = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'psa-sync-bench' });
  try {
    const tenant = await connectTenant(database, bench.keys, simulator, 'bench');
    await simulator.setLatency(latencyMs);
    for (const { words, kinds } of parts) {
      let parseFloor: FloorMeasure | undefined;
      for (const scenario of SIZED_SCENARIOS) {
        // A first sync is what all others need.
        if (scenario !== 'first' && !chosen.includes(scenario)) continue;
        if (scenario === 'changed') await simulator.change(Math.round(size * CHANGED_SHARE));
        const name = `${TITLES[scenario]}${words}, ${latencyMs} ms`;
        bench.report.line(`${size}: ${name}`);
        const sync = await measureSync(bench, { name: `${size} ${name}`, simulator, databaseUrl, tenant, kinds });
        if (!chosen.includes(scenario)) continue;
        const copies = scenario === 'first';
        const floor = parseFloor ?? (await measureFloor(bench, simulator, sync.requests, copies));
        if (!copies) parseFloor = floor;
        yield syncResults({ scenario: name, size, isPart: kinds !== null, sync, floor });
        bench.report.line(`  ${sync.wallSeconds.toFixed(1)} s, floor ${floor.wallSeconds.toFixed(1)} s`);
      }
    }
  } finally {
    await database.close();
    await dropDatabase(bench.serverUrl, DATABASE);
  }
}

const TITLES: Readonly<Record<SizedScenario, string>> = {
  first: 'first sync',
  unchanged: 'unchanged re-sync',
  changed: 're-sync with 1 % changed',
};
