import type { SyncRecordResult } from '../activities/sync-record.ts';
import type { SyncRecordInput } from './contracts.ts';
import { psaSteps, steps } from './sync-activities.ts';

/** One record, at a person's word: what a full sync would do with it, now. */
export async function syncRecord({ tenantId, integrationId, recordId }: SyncRecordInput): Promise<SyncRecordResult> {
  const patience = await steps.readPatience();
  return psaSteps(patience).syncRecord.executeWithOptions({ summary: 'Ask the PSA for the record' }, [
    { tenantId, integrationId, recordId },
  ]);
}
