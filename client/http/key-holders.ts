import { hashKey, looksLikeKey } from '../../db/api-keys/api-key.ts';
import { findKey, type KeyHolder } from '../../db/api-keys/find-key.ts';
import type { Database } from '../../db/database.ts';

/** How long a process goes on believing what it looked up: a revoked key works for so long at most. */
const BELIEVED_MS = 5_000;

/** Keys remembered at a time, wrong ones included; the oldest goes. */
const MOST_REMEMBERED = 2_000;

/** Who holds a key; null for a key that does not work. */
export type Authenticate = (key: string) => Promise<KeyHolder | null>;

interface Remembered {
  readonly until: number;
  readonly holder: Promise<KeyHolder | null>;
}

/** Looks keys up by their hash, each once in some seconds, however many requests come with it. */
export function authenticator(database: Database, now: () => number = Date.now): Authenticate {
  const remembered = new Map<string, Remembered>();

  function holderOf(hash: string): Promise<KeyHolder | null> {
    const known = remembered.get(hash);
    if (known && known.until > now()) return known.holder;
    remembered.delete(hash);
    const holder = findKey(database, hash);
    remembered.set(hash, { until: now() + BELIEVED_MS, holder });
    // A look-up that failed says nothing about the key.
    holder.catch(() => remembered.delete(hash));
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return holder;
  }

  return async (key) => {
    if (!looksLikeKey(key)) return null;
    const holder = await holderOf(hashKey(key));
    return holder && (holder.endsAtMs ?? Infinity) > now() ? holder : null;
  };
}
