import { badAnswer, jsonOf } from '../http/answers.ts';
import type { PsaHttp } from '../http.ts';
import { API_VERSION } from './assumptions.ts';
import type { AutotaskLogin } from './connection.ts';
import { autotaskFailure, PSA } from './errors.ts';
import { zoneInformation } from './schemas.ts';

/** Knows the root of the API in the data centre that a customer lives in; customers are moved now and then. */
export interface Zone {
  /** Without a slash at its end. */
  current(): Promise<string>;
  /** Asks again, because `stale` did not work; the same text comes back when nothing moved. Several callers ask once. */
  renewed(stale: string): Promise<string>;
}

const DISCOVERY_TIMEOUT_MS = 30_000; // a small page without credentials; the callers wait for it

export function createZone(http: PsaHttp, login: AutotaskLogin): Zone {
  let known: Promise<string> | null = null;

  function ask(): Promise<string> {
    const asking = discover(http, login);
    known = asking;
    asking.catch(() => {
      if (known === asking) known = null; // the next caller tries again
    });
    return asking;
  }

  const current = () => known ?? ask();
  return {
    current,
    async renewed(stale) {
      const root = await current();
      return root === stale ? ask() : root;
    },
  };
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
