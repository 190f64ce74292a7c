import type { Bench } from './bench.ts';
import { runSync } from './measure-sync.ts';
import type { BenchTenant } from './tenant.ts';

/** Syncs a tenant until it is told to stop: one large sync outlasts what is measured beside it, a smaller one is followed by the next. */
export function syncAgainAndAgain(bench: Bench, tenant: BenchTenant): { stop(): Promise<void> } {
  let isWanted = true;
  const work = async () => {
    while (isWanted) await runSync(bench, tenant);
  };
  const working = work();
  return {
    async stop() {
      isWanted = false;
      await working;
    },
  };
}
