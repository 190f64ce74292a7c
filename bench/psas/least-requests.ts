import type { RunningSimulator } from '../../simulator/start.ts';
import { CASES } from '../../test/psa/contract/subjects.ts';
import { worldOf } from '../../test/psa/contract/world.ts';

/** Requests that reading all kinds takes at the very least, worked out from what the simulated PSA holds. */
export function leastRequests(name: string, simulator: RunningSimulator): number {
  const subject = CASES.find((one) => one.name === name)?.subject;
  if (!subject) throw new Error(`the contract suite knows no PSA ${name}`);
  const world = worldOf(subject, simulator);
  return Object.values(subject.kinds).reduce((sum, kind) => sum + kind.least(world), 0);
}
