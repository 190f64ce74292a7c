import type { RunningSimulator, SimulatorOptions } from '../../simulator/start.ts';
import { Oracle } from '../oracle/harness.ts';
import { connectTenant, testSimulator, type TestWorker } from '../support/sync.ts';
import type { TestIntegration } from '../support/tenant.ts';

/** A simulated PSA, a tenant connected to it, and an oracle that watches. */
export interface Stage {
  readonly worker: TestWorker;
  readonly simulator: RunningSimulator;
  readonly home: TestIntegration;
  readonly oracle: Oracle;
}

export async function stage(worker: TestWorker, options: SimulatorOptions = {}): Promise<Stage> {
  const simulator = await testSimulator(options);
  const home = await connectTenant(worker.database, simulator);
  const oracle = new Oracle({ worker, simulator, home });
  simulator.admin.clearRequests();
  return { worker, simulator, home, oracle };
}
