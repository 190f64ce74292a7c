import { RateLimit } from '../rate-limit.ts';
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
import { SYSTEM_ROUTES } from './routes/system.ts';

export const API_PATH = '/v2';
const RETRY_SECONDS = 60;

interface Endpoint extends Route {
  readonly pattern: RegExp;
}

/** The API as one function from request to answer. */
export function createApi(context: Context, sessions: Sessions): (request: ApiRequest) => Reply {
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
    ...SYSTEM_ROUTES,
    ...ACCOUNT_ROUTES,
    ...CONTACT_ROUTES,
    ...ASSET_ROUTES,
  ];
  const endpoints = routes.map((route): Endpoint => ({
    ...route,
    pattern: new RegExp(`^/${route.path.replaceAll('{}', '([^/]+)')}/?$`, 'i'),
  }));
  const limits = new Map<string, RateLimit>();

  /** Counts a request to an endpoint; true if it is one too many. */
  function isTooMany({ method, path }: Route): boolean {
    const { requestsPerHour, hourSeconds } = context.settings;
    const key = `${method} ${path} ${hourSeconds}`;
    const limit = limits.get(key) ?? new RateLimit(hourSeconds * 1000, () => performance.now());
    limits.set(key, limit);
    return limit.exceeded(requestsPerHour);
  }

  function answer(request: ApiRequest): Reply {
    const path = belowApi(request.path);
    const there = path === undefined ? [] : endpoints.filter(({ pattern }) => pattern.test(path));
    const endpoint = there.find(({ method }) => method === request.method);
    if (!endpoint || path === undefined) return there.length > 0 ? { status: 405, text: '' } : noRoute();
    const { settings } = context;
    if (isTooMany(endpoint)) return failure(settings.throttleStatus, RETRY_SECONDS);
    const denied = endpoint.open ? undefined : (sessions.deny(request) ?? refusedByRole(endpoint));
    if (denied) return denied;
    const ids = (endpoint.pattern.exec(path) ?? []).slice(1).map(decodeURIComponent);
    const origin = { request: request.number, method: request.method, path };
    return context.journal.during(origin, () =>
      endpoint.answer({ request, context, query: new Query(request.query), ids }),
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
export function belowApi(path: string): string | undefined {
  return path.toLowerCase().startsWith(`${API_PATH}/`) ? path.slice(API_PATH.length) : undefined;
}
