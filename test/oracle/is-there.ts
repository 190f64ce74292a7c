import { homeOf } from './taken.ts';
import type { Kind } from './theirs.ts';
import type { World } from './world.ts';

/** Whether the PSA has the record of a tie, or does not say that it has not. */
export function isThere({ reading, truth, bases, refusing, mute }: World, kind: Kind, key: string): boolean {
  const company = reading.underOrganization.includes(kind) ? homeOf(bases.get(key)?.fields) : undefined;
  if (mute.has(key) || (company !== undefined && refusing.has(company))) return true;
  if (company !== undefined && !truth('organization').some(({ id }) => id === company)) return false;
  const their = truth(kind).find(({ id }) => key === `${kind} ${id}`);
  return their !== undefined && ('unreadable' in their || !their.deleted);
}
