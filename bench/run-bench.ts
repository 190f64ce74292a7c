import type { Bench } from './bench.ts';
import { MEASURED } from './psas/measured.ts';
import { runClients } from './clients-scenario.ts';
import type { Options } from './options.ts';
import { PUSHED_TO } from './psas/pushed.ts';
import { runPushes } from './pushes-scenario.ts';
import { runRequests } from './requests-scenario.ts';
import type { Result } from './result.ts';
import { startSimulator } from './simulator.ts';
import { runSized, SIZED_SCENARIOS } from './sized-scenarios.ts';
import { runTenants, SMALL_SIZE } from './tenants-scenario.ts';

/** Measures everything that was asked for, as often as was asked for; results come as soon as they are there. */
export async function* runBench(bench: Bench, options: Options): AsyncGenerator<readonly Result[]> {
  const { sizes, latenciesMs, scenarios, psas, edits, repeat } = options;
  const chosen = SIZED_SCENARIOS.filter((scenario) => scenarios.includes(scenario));
  const isMeasured = chosen.length > 0 || scenarios.includes('tenants') || scenarios.includes('clients');
  for (let run = 1; run <= repeat; run += 1) {
    for (const size of isMeasured ? sizes : []) {
      bench.report.line(`Run ${run} of ${repeat}, ${size} records: the simulator is starting.`);
      const simulator = await startSimulator(size, bench.signal, MEASURED.simulator);
      if (chosen.length > 0) {
        for (const latencyMs of latenciesMs) yield* runSized(bench, simulator, { size, latencyMs, chosen });
      }
      const isLargest = size === Math.max(...sizes);
      if (scenarios.includes('tenants') && isLargest) {
        const small = await startSimulator(SMALL_SIZE, bench.signal, MEASURED.simulator);
        yield await runTenants(bench, { large: simulator, small, size, latencyMs: Math.max(...latenciesMs) });
        await small.stop();
      }
      if (scenarios.includes('clients') && isLargest) yield await runClients(bench, simulator, size);
      await simulator.stop();
    }
    if (scenarios.includes('pushes')) {
      const pushedTo = psas.filter((name) => PUSHED_TO.includes(name));
      for (const name of pushedTo) yield* runPushes(bench, { name, edits, size: Math.max(...sizes) });
    }
    if (scenarios.includes('requests')) yield* runRequests(bench, Math.min(...sizes), psas);
  }
}
