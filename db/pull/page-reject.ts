import type { REJECT_SCOPES } from '../schema/rejects.ts';

/** Something of a page that was set aside. */
export interface PageReject {
  readonly scope: (typeof REJECT_SCOPES)[number];
  readonly psaId: string | null;
  readonly code: string;
  readonly reason: string;
  readonly raw: string | null;
}
