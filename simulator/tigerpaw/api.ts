import { below, createEndpoints } from '../endpoints.ts';
import type { Journal } from '../journal.ts';
import type { ApiRequest, Reply } from '../psa.ts';
import { parseJson } from '../parse-json.ts';
import type { RateLimit } from '../rate-limit.ts';
import { deny, type Credentials } from './access.ts';
import { failed, failure, forbidden, lengthRequired, notFound, wrongVerb } from './answers.ts';
import { ACCOUNT_SEARCHES, CONTACT_SEARCHES, found, pageOf, searchRequest, unknownWord } from './search.ts';
import type { Right, Settings } from './settings.ts';
import type { Row, Tables } from './tables.ts';
import { accountDetail, accountSummary, contactDetail, contactSummary, masterRow } from './views.ts';

export const API_PATH = '/api';
const VERSION = '18.2.1';
const RETRY_SECONDS = 30;
const RATE_WINDOW_MS = 60_000;

/** What every handler works with. */
interface Context {
  readonly tables: Tables;
  readonly journal: Journal;
  readonly credentials: Credentials;
  readonly now: () => number;
  readonly settings: () => Settings;
  readonly limit: RateLimit;
}

interface Call {
  readonly request: ApiRequest;
  readonly context: Context;
  readonly ids: readonly string[];
}

interface Route {
  readonly method: 'GET' | 'POST';
  /** Below the API's root; `{}` for a number. */
  readonly path: string;
  readonly needs?: Right;
  readonly answer: (call: Call) => Reply;
}

const ok = (json: unknown): Reply => ({ status: 200, json });

function single(name: 'accounts' | 'contacts', toView: (tables: Tables, row: Row) => object): Route['answer'] {
  return ({ context, ids }) => {
    const row = context.tables.get(name, Number(ids[0]));
    if (row) return ok(toView(context.tables, row));
    return context.settings().missingRecord === '404' ? notFound() : ok(null);
  };
}

function search(name: 'accounts' | 'contacts'): Route['answer'] {
  const [searches, toView, list] =
    name === 'accounts'
      ? ([ACCOUNT_SEARCHES, accountSummary, 'Accounts'] as const)
      : ([CONTACT_SEARCHES, contactSummary, 'Contacts'] as const);
  return ({ context, request }) => {
    const parsed = searchRequest.safeParse(parseJson(request.body));
    if (!parsed.success) return { status: 400, json: { Message: 'The request is invalid.' } };
    const unknown = unknownWord(parsed.data, searches);
    if (unknown !== undefined) return failed(`${unknown} is not a known search.`);
    const rows = found(context.tables.collection(name).all(), parsed.data, searches);
    const { page, envelope } = pageOf(rows, parsed.data, context.settings());
    return ok({ [list]: page.map((row) => toView(context.tables, row)), ...envelope });
  };
}

/** All contacts of an account at once: the route has no pages. */
function contactsOf({ context, request, ids }: Call): Reply {
  const [account, inPath] = ids;
  const inQuery = [...new URLSearchParams(request.query)].find(([name]) => name.toLowerCase() === 'activeonly')?.[1];
  const activeOnly = (inPath ?? inQuery ?? '').toLowerCase() === 'true';
  const all = context.tables.collection('contacts').by('AccountNumber', Number(account));
  const rows = activeOnly ? all.filter((row) => row['Inactive'] !== true) : all;
  const envelope = { PageSize: rows.length, NextRow: 0, TotalCount: rows.length, Success: true, Message: null };
  return ok({ Contacts: rows.map((row) => contactSummary(context.tables, row)), ...envelope });
}

function master(name: 'accountTypes' | 'accountStatuses'): Route['answer'] {
  return ({ context }) => ok(context.tables.collection(name).all().map(masterRow));
}

/** What reads accounts and contacts. Making and changing them is not simulated. */
const ROUTES: readonly Route[] = [
  { method: 'GET', path: 'diagnostics/validate/user', answer: () => ok({ Success: true, Message: null }) },
  { method: 'GET', path: 'diagnostics/database/version', answer: () => ok({ Success: true, Message: VERSION }) },
  { method: 'GET', path: 'mastertables/accounts/types', needs: 'masterTables', answer: master('accountTypes') },
  { method: 'GET', path: 'mastertables/accounts/statuses', needs: 'masterTables', answer: master('accountStatuses') },
  { method: 'POST', path: 'accounts/search', needs: 'accounts', answer: search('accounts') },
  { method: 'GET', path: 'accounts/{}', needs: 'accounts', answer: single('accounts', accountSummary) },
  { method: 'GET', path: 'accounts/{}/details', needs: 'accounts', answer: single('accounts', accountDetail) },
  { method: 'POST', path: 'contacts/search', needs: 'contacts', answer: search('contacts') },
  { method: 'GET', path: 'contacts/account/{}', needs: 'contacts', answer: contactsOf },
  { method: 'GET', path: 'contacts/account/{}/{bool}', needs: 'contacts', answer: contactsOf },
  { method: 'GET', path: 'contacts/{}', needs: 'contacts', answer: single('contacts', contactSummary) },
  { method: 'GET', path: 'contacts/{}/details', needs: 'contacts', answer: single('contacts', contactDetail) },
];

/** The API as one function from request to answer. */
export function createApi(context: Context): (request: ApiRequest) => Reply {
  const endpointOf = createEndpoints(ROUTES, { '{}': '(\\d+)', '{bool}': '(true|false)' });

  function answer(request: ApiRequest, serverTime: number): Reply {
    const settings = context.settings();
    if (context.limit.exceeded({ most: settings.requestsPerMinute, windowMs: RATE_WINDOW_MS })) {
      return failure(429, RETRY_SECONDS);
    }
    if (request.method !== 'GET' && request.headers['content-length'] === undefined) return lengthRequired();
    const denied = deny(request, context.credentials, settings, serverTime);
    if (denied) return denied;
    const path = belowApi(request.path) ?? '';
    const found = endpointOf(request.method, path);
    if (found === 'no such path') return notFound();
    if (found === 'wrong verb') return wrongVerb(request.method);
    const { route, ids } = found;
    if (route.needs && !settings.role[route.needs]) {
      const isSearch = route.method === 'POST';
      return isSearch && settings.missingRight === 'failure' ? failed('Access denied.') : forbidden();
    }
    const origin = { request: request.number, method: request.method, path };
    return context.journal.during(origin, () => route.answer({ request, context, ids }));
  }

  return (request) => {
    const serverTime = context.now() + context.settings().clockAheadSeconds * 1000;
    const reply = answer(request, serverTime);
    return { ...reply, headers: { date: new Date(serverTime).toUTCString(), ...reply.headers } };
  };
}

/** The path below the API's root; undefined outside of it. */
export const belowApi = (path: string): string | undefined => below(API_PATH, path);
