import type { ApiRequest, Reply } from '../../psa.ts';
import { failed, invalid } from '../envelope.ts';
import { Refusal } from '../../refusal.ts';
import type { Context } from '../context.ts';
import type { Query } from '../query.ts';
import type { Module, Right } from '../role.ts';
import type { Name, Row } from '../tables.ts';
import { wireNames } from '../wire-name.ts';

/** A request with what its handler works on. */
export interface Call {
  readonly request: ApiRequest;
  readonly context: Context;
  readonly query: Query;
  /** The values of the path's parameters, in their order. */
  readonly ids: readonly string[];
}

/** What a verb does at a path; the limits count by the path. */
export interface Route {
  readonly method: string;
  /** Below the API's root, with `{}` for parameters. */
  readonly path: string;
  /** The right that it takes; missing where every user may. */
  readonly needs?: readonly [module: Module, right: Right];
  /** Open to those who are not logged in. */
  readonly open?: true;
  readonly answer: (call: Call) => Reply;
}

/** The row that a path names. Refuses as the vendor does where there is none. */
export function rowAt({ context }: Call, name: Name, id: string | undefined): Row {
  const row = context.tables.get(name, Number(id));
  if (row) return row;
  const status = context.settings.missingRecord === '404' ? 404 : 200;
  throw new Refusal(failed(status, 404, `${NAMES[name] ?? 'Record'} not found.`));
}

const NAMES: Partial<Record<Name, string>> = {
  accounts: 'Account',
  locations: 'Account location',
  contacts: 'Contact',
  assets: 'Hardware asset',
};

/** The body of a request, with names spelled as answers spell them. */
function jsonBody({ request }: Call): unknown {
  try {
    return wireNames(JSON.parse(request.body));
  } catch {
    throw invalid(['The request body is not valid JSON.']);
  }
}

export function objectBody(call: Call): Readonly<Record<string, unknown>> {
  const body = jsonBody(call);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid(['A request body is required.']);
  return body as Readonly<Record<string, unknown>>;
}

export function listBody(call: Call): readonly Readonly<Record<string, unknown>>[] {
  const body = jsonBody(call);
  if (!Array.isArray(body) || body.some((item) => typeof item !== 'object' || item === null)) {
    throw invalid(['The request body must be a list.']);
  }
  return body as readonly Readonly<Record<string, unknown>>[];
}
