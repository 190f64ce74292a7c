import { below, createEndpoints } from '../endpoints.ts';
import type { ApiRequest, Reply } from '../psa.ts';
import { answerOf } from '../refusal.ts';
import { deny } from './access.ts';
import { failed, failure, forbidden, lengthRequired, notFound, wrongVerb } from './answers.ts';
import { ACCOUNT_ROUTES } from './routes/accounts.ts';
import { CONTACT_ROUTES } from './routes/contacts.ts';
import { LEFT_OUT_ROUTES } from './routes/left-out.ts';
import type { Context, Route } from './routes/route.ts';
import { SEARCH_ROUTES } from './routes/searches.ts';
import { SYSTEM_ROUTES } from './routes/system.ts';
import type { Settings } from './settings.ts';

export const API_PATH = '/api';
const RETRY_SECONDS = 30;
const RATE_WINDOW_MS = 60_000;

const ROUTES = [...SYSTEM_ROUTES, ...SEARCH_ROUTES, ...ACCOUNT_ROUTES, ...CONTACT_ROUTES, ...LEFT_OUT_ROUTES];

function refusedByRole({ needs, isSearch }: Route, { role, missingRight }: Settings): Reply | undefined {
  if (needs.every((right) => role[right])) return undefined;
  return isSearch && missingRight === 'failure' ? failed('Access denied.') : forbidden();
}

/** The API as one function from request to answer. */
export function createApi(context: Context): (request: ApiRequest) => Reply {
  const endpointOf = createEndpoints(ROUTES, { '{}': '(\\d+)', '{bool}': '(true|false)' });

  function answer(request: ApiRequest, serverTime: number): Reply {
    const settings = context.settings();
    const { method, headers } = request;
    if (context.limit.exceeded({ most: settings.requestsPerMinute, windowMs: RATE_WINDOW_MS })) {
      return failure(429, RETRY_SECONDS);
    }
    const hasBody = method === 'POST' || method === 'PUT';
    if (hasBody && headers['content-length'] === undefined) return lengthRequired();
    const denied = deny(request, context.credentials, settings, serverTime);
    if (denied) return denied;
    const path = belowApi(request.path) ?? '';
    const found = endpointOf(method, path);
    if (found === 'no such path') return notFound();
    if (found === 'wrong verb') return wrongVerb(method);
    const { route, ids } = found;
    const refused = refusedByRole(route, settings);
    if (refused) return refused;
    const origin = { request: request.number, method, path };
    return context.journal.during(origin, () => route.answer({ request, context, ids }));
  }

  return (request) => {
    const serverTime = context.now() + context.settings().clockAheadSeconds * 1000;
    const reply = answerOf(() => answer(request, serverTime));
    return { ...reply, headers: { date: new Date(serverTime).toUTCString(), ...reply.headers } };
  };
}

/** The path below the API's root; undefined outside of it. */
export const belowApi = (path: string): string | undefined => below(API_PATH, path);
