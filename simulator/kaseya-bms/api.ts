import { below, createEndpoints } from '../endpoints.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { ApiRequest, Reply } from '../psa.ts';
import type { Sessions } from './access.ts';
import type { Context } from './context.ts';
import { failed, failure, noRoute } from './envelope.ts';
import { answerOf } from '../refusal.ts';
import { Query } from './query.ts';
import { ACCOUNT_ROUTES } from './routes/accounts.ts';
import { ASSET_ROUTES } from './routes/assets.ts';
import type { Route } from './routes/call.ts';
import { CONTACT_ROUTES } from './routes/contacts.ts';
import { SOFTWARE_ROUTES } from './routes/software.ts';
import { SYSTEM_ROUTES } from './routes/system.ts';
import { userInfo } from './routes/user.ts';

export const API_PATH = '/v2';
const RETRY_SECONDS = 60;

/** The API as one function from request to answer. */
export function createApi(context: Context, sessions: Sessions, limit: RateLimit): (request: ApiRequest) => Reply {
  const routes: readonly Route[] = [
    {
      method: 'POST',
      path: 'security/authenticate',
      open: true,
      answer: ({ request }) => sessions.login(request, context.settings),
    },
    {
      method: 'POST',
      path: 'security/refreshtoken',
      open: true,
      answer: ({ request }) => sessions.refresh(request, context.settings),
    },
    { method: 'GET', path: 'security/userinfo', answer: () => userInfo(context, sessions.company) },
    ...SYSTEM_ROUTES,
    ...ACCOUNT_ROUTES,
    ...CONTACT_ROUTES,
    ...ASSET_ROUTES,
    ...SOFTWARE_ROUTES,
  ];
  const endpointOf = createEndpoints(routes, { '{}': '([^/]+)' });

  /** Counts a request to an endpoint, which is a path whatever its ids and the verb; true if it is one too many. */
  function isTooMany({ path }: Route): boolean {
    const { requestsPerHour, hourSeconds } = context.settings;
    return limit.exceeded({ most: requestsPerHour, windowMs: hourSeconds * 1000, key: path });
  }

  function answer(request: ApiRequest): Reply {
    const path = belowApi(request.path);
    if (path === undefined) return noRoute();
    const found = endpointOf(request.method, path);
    if (found === 'no such path') return noRoute();
    if (found === 'wrong verb') return { status: 405, text: '' };
    const { route, ids } = found;
    if (isTooMany(route)) return failure(context.settings.throttleStatus, RETRY_SECONDS);
    const denied = route.open ? undefined : (sessions.deny(request) ?? refusedByRole(route));
    if (denied) return denied;
    const origin = { request: request.number, method: request.method, path };
    return context.journal.during(origin, () =>
      route.answer({ request, context, query: new Query(request.query), ids }),
    );
  }

  function refusedByRole({ needs }: Route): Reply | undefined {
    if (!needs) return undefined;
    const [module, right] = needs;
    if (context.settings.role[module].includes(right)) return undefined;
    return failed(context.settings.missingRight === '403' ? 403 : 200, 403, 'Access Denied');
  }

  return (request) => answerOf(() => answer(request));
}

/** The path below the API's root; undefined outside of it. */
export const belowApi = (path: string): string | undefined => below(API_PATH, path);
