import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import { PsaError } from '../../errors.ts';
import { byIds } from '../by-ids.ts';
import type { AutotaskClient } from '../client.ts';
import { PSA } from '../errors.ts';
import type { Reading } from '../reading.ts';

/** A record as Autotask holds it after a write: its answer is an id and nothing else, and a 200 does not prove a change. */
export async function readBack(
  client: AutotaskClient,
  reading: Reading,
  { kind, psaId, signal }: { readonly kind: Kind; readonly psaId: string; readonly signal: AbortSignal | undefined },
): Promise<PsaRecord> {
  const ids = [{ psaId, organizationPsaId: null }];
  const { records, missing } = await byIds(client, reading, { kind, ids, ...(signal && { signal }) });
  const [record] = records;
  if (record) return record;
  const isGone = missing.length > 0;
  const reason = isGone ? 'does not show it any more' : "shows it in a form that can't be read";
  const message = `${PSA} ${reason} (read a ${kind} after writing it)`;
  throw new PsaError(isGone ? 'not_found' : 'bad_answer', message, { retry: 'backoff', scope: 'record' });
}
