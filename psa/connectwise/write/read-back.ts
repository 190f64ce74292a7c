import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { Kind } from '../../../domain/kinds.ts';
import { PsaError } from '../../errors.ts';
import { byIds } from '../by-ids.ts';
import type { ConnectWiseClient } from '../client.ts';
import { PSA } from '../errors.ts';

interface Written {
  readonly kind: Kind;
  readonly psaId: string;
  /** Whose site it is; null for the other kinds. */
  readonly organizationPsaId: string | null;
  readonly signal?: AbortSignal | undefined;
}

/** A record as ConnectWise holds it after a write: its answers to writes are not relied on, a false 200 is documented. */
export async function readBack(
  client: ConnectWiseClient,
  { kind, psaId, organizationPsaId, signal }: Written,
): Promise<PsaRecord> {
  const answer = await byIds(client, 1, { kind, ids: [{ psaId, organizationPsaId }], ...(signal && { signal }) });
  const [record] = answer.records;
  if (record) return record;
  const reason = answer.missing.length > 0 ? 'does not show it any more' : "shows it in a form that can't be read";
  const code = answer.missing.length > 0 ? 'not_found' : 'bad_answer';
  throw new PsaError(code, `${PSA} ${reason} (read a ${kind} after writing it)`, { retry: 'backoff', scope: 'record' });
}
