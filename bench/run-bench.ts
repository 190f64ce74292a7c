import type { Bench } from './bench.ts';
import { runClients } from './clients-scenario.ts';
import type { Options } from './options.ts';
import { runPushes } from './pushes-scenario.ts';
import { openPushingHome } from './pushing-home.ts';
import { runRequests } from './requests-scenario.ts';
import type { Result } from './result.ts';
import { startSimulator } from './simulator.ts';
import { runSized, SIZED_SCENARIOS } from './sized-scenarios.ts';
import { runTenants, SMALL_SIZE } from './tenants-scenario.ts';

/** Measures everything that was asked for, as often as was asked for; results come as soon as they are there. */
export async function* runBench(bench: Bench, options: Options): AsyncGenerator<readonly Result[]> {
  const { sizes, latenciesMs, scenarios, repeat } = options;
  const chosen = SIZED_SCENARIOS.filter((scenario) => scenarios.includes(scenario));
  for (let run = 1; run <= repeat; run += 1) {
    for (const size of sizes) {
      bench.report.line(`Run ${run} of ${repeat}, ${size} records: the simulator is starting.`);
      const simulator = await startSimulator(size, bench.signal);
      if (chosen.length > 0) {
        for (const latencyMs of latenciesMs) yield* runSized(bench, simulator, { size, latencyMs, chosen });
      }
      const isLargest = size === Math.max(...sizes);
      if (scenarios.includes('tenants') && isLargest) {
        const small = await startSimulator(SMALL_SIZE, bench.signal);
        yield await runTenants(bench, { large: simulator, small, size, latencyMs: Math.max(...latenciesMs) });
        await small.stop();
      }
      if ((scenarios.includes('pushes') || scenarios.includes('clients')) && isLargest) {
        const home = await openPushingHome(bench, simulator);
        try {
          if (scenarios.includes('pushes')) yield* runPushes(bench, home, size);
          if (scenarios.includes('clients')) yield await runClients(bench, home, size);
        } finally {
          await home.close();
        }
      }
      await simulator.stop();
    }
    if (scenarios.includes('requests')) yield* runRequests(bench, Math.min(...sizes));
  }
}
