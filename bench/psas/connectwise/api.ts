import type { ConnectedPsa } from '../../../test/support/connected-psa.ts';
import { connectwise } from '../../../psa/connectwise/index.ts';

/** The PSA whose syncs are measured against a floor. */
export const PROVIDER = connectwise.provider;
export const MEASURED: ConnectedPsa = { provider: PROVIDER, simulator: 'connectwise' };

/** What the adapter asks for by default, in the floor too. */
export const REQUESTS_IN_FLIGHT = connectwise.capabilities.limits.requestsInFlight;

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
