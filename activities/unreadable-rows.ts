import type { PageReject } from '../db/pull/page-reject.ts';
import type { RejectedRow } from '../psa/contract.ts';

/** Rows that are no records, as they are set aside. */
export function unreadableRows(rows: readonly RejectedRow[]): PageReject[] {
  return rows.map(({ psaId, reason, raw }) => ({ scope: 'record', psaId, code: 'unreadable', reason, raw }));
}
