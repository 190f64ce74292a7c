import type { RunningSimulator } from '../../simulator/start.ts';
import type { Subject } from '../../test/psa/contract/subject.ts';
import { CASES } from '../../test/psa/contract/subjects.ts';
import { worldOf } from '../../test/psa/contract/world.ts';

/** Every PSA, by its name in the contract suite. */
export const PSA_NAMES: readonly string[] = CASES.map(({ name }) => name);

export function subjectOf(name: string): Subject {
  const found = CASES.find((one) => one.name === name);
  if (!found) throw new Error(`the contract suite knows no PSA ${name}`);
  return found.subject;
}

/** Requests that reading all kinds takes at the very least, worked out from what the simulated PSA holds. */
export function leastRequests(name: string, simulator: RunningSimulator): number {
  const subject = subjectOf(name);
  const world = worldOf(subject, simulator);
  const byKind = Object.values(subject.kinds).reduce((sum, kind) => sum + kind.least(world), 0);
  return byKind - (subject.shared?.(world) ?? 0);
}

/** Titles of contacts by PSA id, as the simulated PSA holds them. */
export function titlesOf(
  name: string,
  simulator: RunningSimulator,
  psaIds: readonly string[],
): Record<string, string | null> {
  const wanted = new Set(psaIds);
  const contacts = worldOf(subjectOf(name), simulator).records('contact');
  return Object.fromEntries(
    contacts
      .filter(({ id }) => wanted.has(id))
      .map(({ id, fields: { title } }) => [id, typeof title === 'string' ? title : null]),
  );
}
