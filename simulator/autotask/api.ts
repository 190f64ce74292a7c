import type { Admission, ApiRequest, Reply } from '../psa.ts';
import { refuseAccess, type Credentials } from './access.ts';
import { answerRoute } from './answer-route.ts';
import type { Context } from './context.ts';
import { errorReply, notFoundPage, unauthorized, wrongVerb } from './errors.ts';
import { answerOf } from '../refusal.ts';
import type { Limits } from './limits.ts';
import { routeOf } from './routes.ts';

const ROOT = 'ATServicesRest';
/** Identifies the customer's database. */
const CUSTOMER = 513_558;
const TIMEFRAME_MINUTES = 60;

/** Where a path leads: the zone that it begins with, if any, and what follows the version. */
export interface Address {
  readonly zone: string;
  readonly version: string;
  readonly below: string;
}

/** Reads `/ATServicesRest/V1.0/...`, without regard to case; a zone of its own stands before it. */
export function parseAddress(path: string): Address | undefined {
  const parts = path.split('/').filter(Boolean);
  const at = parts.findIndex((part) => part.toLowerCase() === ROOT.toLowerCase());
  if (at < 0 || at > 1) return undefined;
  const [, version = '', ...below] = parts.slice(at);
  return { zone: at === 1 ? (parts[0] ?? '') : '', version: version.toLowerCase(), below: below.join('/') };
}

/** The API as one function from request to answer. */
export function createApi(
  context: Context,
  credentials: Credentials,
  limits: Limits,
): { answer: (request: ApiRequest) => Reply; admit: (request: ApiRequest) => Admission } {
  const rootOf = (origin: string): string => {
    const { zone } = context.settings;
    return `${origin}/${zone === '' ? '' : `${zone}/`}${ROOT}/`;
  };

  /** Answered by every host, and without credentials. */
  function zoneInformation({ query, origin }: ApiRequest): Reply {
    const user = new URLSearchParams(query).get('user') ?? '';
    if (user.toLowerCase() !== credentials.userName.toLowerCase()) {
      return errorReply(500, 'Zone information could not be determined');
    }
    const url = rootOf(origin);
    return { status: 200, json: { zoneName: 'Simulated', url, webUrl: `${origin}/`, ci: CUSTOMER } };
  }

  function answer(request: ApiRequest): Reply {
    const { settings } = context;
    const { method, path, query } = request;
    if (settings.maintenance || path.length + query.length >= settings.maxUrlChars) return notFoundPage();
    const address = parseAddress(path);
    if (!address) return notFoundPage();
    if (address.version === 'versioninformation') return versions();
    if (address.version !== 'v1.0') return notFoundPage();
    const route = routeOf(address.below);
    if (route?.to === 'zone') return method === 'GET' ? zoneInformation(request) : wrongVerb(method);
    if (address.zone !== settings.zone) return unauthorized();
    const denied = refuseAccess(credentials, request, settings);
    if (denied) return denied;
    if (!route) return notFoundPage();
    if (!('name' in route)) return route.to === 'thresholds' ? thresholds(method) : versions();
    const origin = { request: request.number, method, path: `/${address.below}` };
    return context.journal.during(origin, () => answerRoute(context, request, route, request.origin + path));
  }

  const versions = (): Reply => ({ status: 200, json: { apiVersions: context.settings.apiVersions } });

  function thresholds(method: string): Reply {
    if (method !== 'GET') return wrongVerb(method);
    const json = {
      externalRequestThreshold: context.settings.requestsPerHour,
      requestThresholdTimeframe: TIMEFRAME_MINUTES,
      currentTimeframeRequestCount: limits.used,
    };
    return { status: 200, json };
  }

  return {
    answer: (request) => answerOf(() => answer(request)),
    admit(request) {
      const route = routeOf(parseAddress(request.path)?.below ?? '');
      if (!route || route.to === 'zone' || route.to === 'version') return {};
      return limits.admit(request, 'name' in route ? route.name : route.to, context.settings);
    },
  };
}
