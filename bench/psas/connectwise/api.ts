import type { ConnectedPsa } from '../../../test/support/connected-psa.ts';
import { connectwise } from '../../../psa/connectwise/index.ts';

/** The PSA whose syncs are measured against a floor. */
export const PROVIDER = connectwise.provider;
export const MEASURED: ConnectedPsa = { provider: PROVIDER, simulator: 'connectwise' };

/** What the adapter asks for by default, in the floor too. */
export const REQUESTS_IN_FLIGHT = connectwise.capabilities.limits.requestsInFlight;

/** The request by which an edit of a contact arrives at the PSA, below its API's root. */
export const PUSHED_AS = {
  method: 'PATCH',
  path: (psaId: string) => `/company/contacts/${psaId}`,
  collection: 'contacts',
} as const;

/** Titles of contacts by PSA id, out of the rows that the simulator holds. */
export function titlesOf(rows: Iterable<object>, psaIds: readonly string[]): Record<string, string | null> {
  const wanted = new Set(psaIds);
  const contacts = [...rows] as { id: number; title?: string }[];
  return Object.fromEntries(
    contacts.filter(({ id }) => wanted.has(String(id))).map(({ id, title = null }) => [id, title]),
  );
}

/** What its requests are sent with. */
export function headersFor({
  company,
  publicKey,
  privateKey,
  clientId = '',
}: Readonly<Record<string, string>>): Record<string, string> {
  return {
    authorization: `Basic ${Buffer.from(`${company}+${publicKey}:${privateKey}`).toString('base64')}`,
    clientid: clientId,
    accept: 'application/vnd.connectwise.com+json; version=2025.1',
    'pagination-type': 'forward-only',
  };
}
