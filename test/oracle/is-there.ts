import { homeOf } from './taken.ts';
import { type Kind, theirRecords } from './theirs.ts';
import type { World } from './world.ts';

/** Whether the PSA has the record of a tie, or does not say that it has not. */
export function isThere({ truth, bases, refusing, mute }: World, kind: Kind, key: string): boolean {
  const company = kind === 'location' ? homeOf(bases.get(key)?.fields) : undefined;
  if (mute.has(key) || (company !== undefined && refusing.has(company))) return true;
  if (company !== undefined && !theirRecords('organization', truth).some(({ id }) => id === company)) return false;
  const their = theirRecords(kind, truth).find(({ id }) => key === `${kind} ${id}`);
  return their !== undefined && ('unreadable' in their || !their.deleted);
}
