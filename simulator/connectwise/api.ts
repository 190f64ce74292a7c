import { randomUUID } from 'node:crypto';
import type { ApiRequest, Reply } from '../psa.ts';
import { createAccessCheck, type Credentials } from './access.ts';
import { parseAddress } from './address.ts';
import type { Callbacks } from './callbacks/callbacks.ts';
import type { Context } from './context.ts';
import { cannotRoute, errorReply, noEndpoint, tooManyRequests } from './errors.ts';
import { answerOf } from '../refusal.ts';
import type { RateLimit } from '../rate-limit.ts';
import { Lister } from './read/lister.ts';
import type { Verb } from './routes/call.ts';
import { createRouter } from './routes/routes.ts';
import { companyInfo } from './routes/system-info.ts';
import { isAtLeast } from './schema/field.ts';
import { refuseByRole } from './security-role.ts';

const VENDOR_JSON = 'application/vnd.connectwise.com+json';
const LEGACY_CODEBASE = 'v4_6_release';
const RATE_WINDOW_MS = 60_000;
const RATE_LIMIT_RETRY_SECONDS = 30;

function wrongVerb(method: string): Reply {
  return { status: 405, json: { Message: `The requested resource does not support http method '${method}'.` } };
}

/** The release that a client asks for in `Accept`; undefined if it names none. */
function askedVersion({ headers }: ApiRequest): string | undefined {
  return /version=(\d{4}\.\d{1,2})/.exec(headers.accept ?? '')?.[1];
}

function unsupportedVersion({ path }: ApiRequest, version: string): Reply {
  const message = `The HTTP resource that matches the request URI '${path}' does not support the API version '${version}'.`;
  return errorReply(400, 'ConnectWiseApi', message);
}

/** The API as one function from request to answer. */
export function createApi(
  context: Context,
  credentials: Credentials,
  callbacks: Callbacks,
  rateLimit: RateLimit,
): (request: ApiRequest) => Reply {
  const router = createRouter();
  const lister = new Lister(context);
  const deny = createAccessCheck(credentials);

  function answer(request: ApiRequest): Reply {
    const { settings } = context;
    callbacks.origin = request.origin;
    const address = parseAddress(request.path);
    if (address.to === 'callback key') return { status: 200, json: { signing_key: callbacks.signingKey } };
    if (address.to === 'company info') return companyInfo(credentials.company, address.company, settings);
    if (address.to !== 'api') return noEndpoint();
    const isCurrent = `${address.codebase}/` === settings.codebase.toLowerCase();
    const isLegacy = settings.legacyCodebase && address.codebase === LEGACY_CODEBASE;
    const isDoubled = address.parts[0]?.toLowerCase() === 'apis';
    if ((!isCurrent && !isLegacy) || isDoubled) return cannotRoute();
    if (rateLimit.exceeded({ most: settings.requestsPerMinute, windowMs: RATE_WINDOW_MS })) {
      return tooManyRequests(RATE_LIMIT_RETRY_SECONDS);
    }
    const denied = deny(request, settings);
    if (denied) return denied;
    if (request.path.length + request.query.length >= settings.maxUrlChars) {
      return { status: 414, text: 'The request URL is too long.' };
    }
    return route(request, address.parts);
  }

  function route(request: ApiRequest, parts: readonly string[]): Reply {
    const match = router.find(parts);
    if (!match) return noEndpoint();
    const { endpoint, ids } = match;
    const handler = match.handlers[request.method as Verb];
    if (!handler) return wrongVerb(request.method);
    const refused = refuseByRole(context.settings.role, endpoint, request.method);
    if (refused) return refused;
    const version = askedVersion(request);
    if (version && endpoint.oldestVersion && !isAtLeast(version, endpoint.oldestVersion)) {
      return unsupportedVersion(request, version);
    }
    const origin = { request: request.number, method: request.method, path: `/${parts.join('/')}` };
    return context.journal.during(origin, () => handler({ request, context, lister, endpoint, ids }));
  }

  return (request) => {
    const reply = answerOf(() => answer(request));
    const version = context.settings.version;
    const asksVendorType = request.headers.accept?.includes(VENDOR_JSON) ?? false;
    return {
      ...reply,
      headers: {
        'api-current-version': version,
        'x-cw-request-id': randomUUID(),
        'x-server-name': 'SIM-IIS-01',
        ...(reply.json !== undefined && asksVendorType && { 'content-type': `${VENDOR_JSON}; version=${version}` }),
        ...reply.headers,
      },
    };
  };
}
