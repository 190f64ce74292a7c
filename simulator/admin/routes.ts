import { z } from 'zod';
import type { Reply } from '../psa.ts';
import type { Admin } from './admin.ts';
import { FAULT_KINDS, type FaultRuleInput } from './fault-rule.ts';
import { explainProblems, strictObject } from '../strict-object.ts';

export const ADMIN_PREFIX = '/__simulator';

interface AdminRequest {
  /** What follows the route's own path, e.g. the collection of `state/contacts`. */
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

interface AdminRoute {
  readonly verb: string;
  readonly path: string;
  readonly about: string;
  readonly answer: (admin: Admin, request: AdminRequest) => unknown;
}

const requestFilter = strictObject({
  status: z.coerce.number().int().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  limit: z.coerce.number().int().nonnegative().optional(),
});
const journalFilter = strictObject({
  collection: z.string().optional(),
  id: z.coerce.number().int().optional(),
  cause: z.enum(['request', 'consequence', 'admin']).optional(),
  action: z.enum(['added', 'updated', 'deleted']).optional(),
  request: z.coerce.number().int().optional(),
  after: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().nonnegative().optional(),
});
const rowsToPut = strictObject({ rows: z.array(z.looseObject({ id: z.number().int().nonnegative().optional() })) });
const rowsToDelete = strictObject({ ids: z.array(z.number().int()) });
const anyObject = z.record(z.string(), z.unknown());

const ROUTES: readonly AdminRoute[] = [
  {
    verb: 'GET',
    path: 'state',
    about: 'all entities as JSON by collection; state/NAME for one collection',
    answer: (admin, { rest }) => ({ chunks: rest ? rowsAsText(admin, rest) : stateAsText(admin) }),
  },
  { verb: 'GET', path: 'counts', about: 'number of rows by collection', answer: (admin) => admin.counts() },
  {
    verb: 'GET',
    path: 'requests',
    about: 'the log of API requests; ?path= &method= &status= &limit= narrow it',
    answer: (admin, { query }) => admin.requests(requestFilter.parse(Object.fromEntries(query))),
  },
  { verb: 'DELETE', path: 'requests', about: 'empties the log', answer: (admin) => admin.clearRequests() },
  {
    verb: 'GET',
    path: 'journal',
    about: 'every write by record; ?collection= &id= &cause= &action= &request= &after= &limit= narrow it',
    answer: (admin, { query }) => admin.journal(journalFilter.parse(Object.fromEntries(query))),
  },
  { verb: 'DELETE', path: 'journal', about: 'empties the journal', answer: (admin) => admin.clearJournal() },
  {
    verb: 'GET',
    path: 'faults',
    about: 'the rules in force, and the kinds there are',
    answer: (admin) => ({ rules: admin.faults(), kinds: FAULT_KINDS }),
  },
  {
    verb: 'POST',
    path: 'faults',
    about: 'adds a rule, or an array of rules',
    // The rules themselves are checked where they are added.
    answer: (admin, { body }) => admin.addFaults((Array.isArray(body) ? body : [body]) as FaultRuleInput[]),
  },
  {
    verb: 'DELETE',
    path: 'faults',
    about: 'removes all rules; faults/ID removes one',
    answer: (admin, { rest }) => ({ removed: admin.clearFaults(rest ? Number(rest) : undefined) }),
  },
  {
    verb: 'POST',
    path: 'reset',
    about: 'seeded data, first settings, no faults, empty log and journal',
    answer: (a) => a.reset(),
  },
  {
    verb: 'POST',
    path: 'mutate',
    about: 'inserts, changes, deletes, merges records by seed',
    answer: (admin, { body }) => admin.mutate(anyObject.parse(body ?? {})),
  },
  {
    verb: 'POST',
    path: 'rows',
    about: 'rows/NAME {rows: [...]}: writes rows without any validation',
    answer: (admin, { rest, body }) => ({ ids: admin.putRows(rest, rowsToPut.parse(body).rows) }),
  },
  {
    verb: 'DELETE',
    path: 'rows',
    about: 'rows/NAME {ids: [...]}: removes rows for good',
    answer: (admin, { rest, body }) => ({ removed: admin.deleteRows(rest, rowsToDelete.parse(body).ids) }),
  },
  { verb: 'GET', path: 'settings', about: 'current settings', answer: (admin) => admin.settings() },
  {
    verb: 'POST',
    path: 'settings',
    about: 'merges settings into the current ones',
    answer: (admin, { body }) => admin.settings(anyObject.parse(body ?? {})),
  },
  {
    verb: 'GET',
    path: 'deliveries',
    about: 'webhook deliveries, oldest first',
    answer: (admin) => admin.deliveries(),
  },
];

function* rowsAsText(admin: Admin, collection: string): Iterable<string> {
  let between = '[';
  for (const row of admin.state(collection)) {
    yield between + JSON.stringify(row);
    between = ',\n';
  }
  yield between === '[' ? '[]' : ']';
}

function* stateAsText(admin: Admin): Iterable<string> {
  let between = '{';
  for (const collection of admin.collections()) {
    yield `${between}${JSON.stringify(collection)}:`;
    yield* rowsAsText(admin, collection);
    between = ',\n';
  }
  yield '}';
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    const why = (error as Error).message;
    throw new Error(`The body is not JSON: ${why}. Names and texts stand in double quotes, as in {"name":"text"}.`, {
      cause: error,
    });
  }
}

function explain(error: unknown): string {
  if (error instanceof z.ZodError) return explainProblems(error);
  return error instanceof Error ? error.message : String(error);
}

function isChunks(answer: unknown): answer is { chunks: Iterable<string> } {
  return typeof answer === 'object' && answer !== null && 'chunks' in answer;
}

/** Answers a request below `/__simulator/`; `path` is what follows it. */
export function answerAdmin(admin: Admin, method: string, path: string, query: string, body: string): Reply {
  const [name = '', rest = ''] = path.replace(/^\/|\/$/g, '').split('/');
  if (name === '') return { status: 200, json: ROUTES.map(({ verb, path, about }) => `${verb} ${path}: ${about}`) };
  const route = ROUTES.find((candidate) => candidate.verb === method && candidate.path === name);
  if (!route)
    return { status: 404, json: { error: `No ${method} ${name}. GET ${ADMIN_PREFIX}/ lists what there is.` } };
  try {
    const parsed = body === '' ? undefined : readJson(body);
    // Unknown collections must fail before the first byte of a streamed answer.
    if (name === 'state' && rest) admin.state(rest);
    const answer = route.answer(admin, { rest, query: new URLSearchParams(query), body: parsed });
    if (isChunks(answer)) return { status: 200, chunks: answer.chunks };
    return { status: 200, json: answer ?? {} };
  } catch (error) {
    return { status: 400, json: { error: explain(error) } };
  }
}
