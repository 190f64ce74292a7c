import { connectwise } from '../../../psa/connectwise/index.ts';

/** The PSA whose syncs are measured against a floor. */
export const PROVIDER = connectwise.provider;

/** What the adapter asks for by default, in the floor too. */
export const REQUESTS_IN_FLIGHT = connectwise.capabilities.limits.requestsInFlight;

/** The request by which an edit of a contact arrives at the PSA, below its API's root. */
export const PUSHED_AS = { method: 'PATCH', path: (psaId: string) => `/company/contacts/${psaId}` } as const;

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
