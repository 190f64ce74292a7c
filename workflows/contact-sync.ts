import type { SyncInput } from './contracts.ts';
import { runSync, type SyncResult } from './run-sync.ts';

/** Contacts alone, under the organizations that sync already. */
export async function contactSync(input: SyncInput): Promise<SyncResult> {
  return runSync('contact', input);
}
