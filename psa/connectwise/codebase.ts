import { createDiscovery, type Discovery, DISCOVERY_TIMEOUT_MS } from '../discovery.ts';
import { PsaError } from '../errors.ts';
import { badAnswer, jsonOf } from '../http/answers.ts';
import type { PsaHttp } from '../http.ts';
import { DEFAULT_CODEBASE } from './assumptions.ts';
import type { ConnectWiseLogin } from './connection.ts';
import { connectWiseFailure, PSA } from './errors.ts';
import { companyInfo } from './schemas.ts';

/** The codebase (`v2025_1/`) that a company lives in; cloud companies are moved to a new one with each release. One that was entered stays. */
export function createCodebase(http: PsaHttp, login: ConnectWiseLogin): Discovery {
  const { codebase: pinned } = login.address;
  return createDiscovery(() => (pinned === null ? discover(http, login) : Promise.resolve(pinned)));
}

async function discover(http: PsaHttp, { address, company }: ConnectWiseLogin): Promise<string> {
  const url = new URL(`/login/companyinfo/${encodeURIComponent(company)}`, address.origin);
  const answer = await http.request({ method: 'GET', url, timeoutMs: DISCOVERY_TIMEOUT_MS });
  const asking = { what: 'look up the codebase', scope: 'integration' } as const;
  if (answer.status === 404) return DEFAULT_CODEBASE; // on-premise servers have one codebase and need not say so
  if (answer.status !== 200) throw connectWiseFailure(answer, asking);
  const asked = { psa: PSA, ...asking };
  const info = companyInfo.safeParse(jsonOf(answer, asked));
  if (!info.success) throw badAnswer(asked, 'without a codebase');
  if (info.data === null) {
    const message = `${PSA} at ${url.host} does not know the company id: check it, upper and lower case matter`;
    throw new PsaError('wrong_address', message, { retry: 'never', scope: 'integration' });
  }
  return info.data.Codebase.replace(/\/?$/u, '/');
}
