import { createDiscovery, type Discovery, DISCOVERY_TIMEOUT_MS } from '../discovery.ts';
import { badAnswer, jsonOf } from '../http/answers.ts';
import type { PsaHttp } from '../http.ts';
import { API_VERSION } from './assumptions.ts';
import type { AutotaskLogin } from './connection.ts';
import { autotaskFailure, PSA } from './errors.ts';
import { zoneInformation } from './schemas.ts';

/** The root of the API in the data centre that a customer lives in, without a slash at its end; customers are moved now and then. */
export function createZone(http: PsaHttp, login: AutotaskLogin): Discovery {
  return createDiscovery(() => discover(http, login));
}

async function discover(http: PsaHttp, { origin, userName }: AutotaskLogin): Promise<string> {
  const url = new URL(`/ATServicesRest/${API_VERSION}/ZoneInformation`, origin);
  url.searchParams.set('user', userName);
  const answer = await http.request({
    method: 'GET',
    url,
    endpoint: 'ZoneInformation',
    timeoutMs: DISCOVERY_TIMEOUT_MS,
  });
  const asking = { what: 'look up the zone', scope: 'integration' } as const;
  if (answer.status !== 200) throw autotaskFailure(answer, asking);
  const asked = { psa: PSA, ...asking };
  const zone = zoneInformation.safeParse(jsonOf(answer, asked));
  if (!zone.success) throw badAnswer(asked, 'without the address of the zone');
  return `${zone.data.url.replace(/\/+$/u, '')}/${API_VERSION}`;
}
