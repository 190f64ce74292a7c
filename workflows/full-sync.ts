import type { SyncInput } from './contracts.ts';
import { runSync, type SyncResult } from './run-sync.ts';

/** All kinds of one integration: read, match, write, then sweep what is gone. */
export async function fullSync(input: SyncInput): Promise<SyncResult> {
  return runSync('full', input);
}
