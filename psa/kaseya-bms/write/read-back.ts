import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import { PsaError } from '../../errors.ts';
import { byIds } from '../by-ids.ts';
import type { BmsClient } from '../client.ts';

/** A record as the PSA holds it after a write: answers to writes say less than a record has. */
export async function readBack(
  client: BmsClient,
  kind: Kind,
  psaId: string,
  signal: AbortSignal | undefined,
): Promise<PsaRecord> {
  const ids = [{ psaId, organizationPsaId: null }];
  const { records, missing } = await byIds(client, 1, { kind, ids, ...(signal && { signal }) });
  const [record] = records;
  if (record) return record;
  const [code, reason] =
    missing.length > 0
      ? (['not_found', 'does not show it any more'] as const)
      : (['bad_answer', "shows it in a form that can't be read"] as const);
  throw new PsaError(code, `${client.psa} ${reason} (read a ${kind} after writing it)`, {
    retry: 'backoff',
    scope: 'record',
  });
}
