import { badAnswer } from '../http/answers.ts';
import type { PsaHttp, PsaHttpAnswer, PsaHttpRequest } from '../http.ts';
import { PAGE_SIZE } from './assumptions.ts';
import type { Login } from './connection.ts';
import type { Asking } from './errors.ts';
import type { ListSpec, Permission } from './lists.ts';
import { envelopeOf, resultOf } from './result-of.ts';
import { createSession } from './session.ts';

/** Parameters of a query; several values are sent one by one. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

export interface ListRequest {
  readonly list: ListSpec;
  readonly query?: Query;
  /** From 1. */
  readonly page?: number;
  readonly pageSize?: number;
  readonly scope: Asking['scope'];
  readonly signal?: AbortSignal | undefined;
}

export interface ListAnswer {
  readonly rows: readonly unknown[];
  /** Of all pages; null where the list does not say. */
  readonly total: number | null;
}

interface RecordRequest {
  readonly record: ListSpec;
  readonly id: string;
  readonly scope: Asking['scope'];
  readonly signal?: AbortSignal | undefined;
}

export interface ChangeRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** With `{id}` where the id of a record goes: what the hourly limit counts by. */
  readonly path: string;
  readonly id?: string;
  readonly body: unknown;
  /** "change a contact". */
  readonly what: string;
  readonly permission: Permission;
  /** Awaited before the request is sent, each time that it is. */
  readonly beforeWrite: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Rows of a table as far as they were learned from the records that use them, and the page of those to go on at. */
interface Learning {
  readonly found: Map<number, string>;
  at: { readonly active: boolean; readonly page: number };
}

/** The few ways in which the adapter talks to the PSA; all throw PsaError. */
export interface BmsClient {
  /** The product's name for people. */
  readonly psa: string;
  list(request: ListRequest): Promise<ListAnswer>;
  /** A single record as it came; throws `not_found`. */
  record(request: RecordRequest): Promise<unknown>;
  change(request: ChangeRequest): Promise<unknown>;
  /** Tables that are being learned, by their names: it takes more requests than there may be before a wait. */
  readonly learning: Map<string, Learning>;
}

export function createClient(psa: string, http: PsaHttp, login: Login): BmsClient {
  const session = createSession(psa, http, login);
  const { origin, path: root } = login.address;

  /** Sends; and once more with a new token where the old one is refused. */
  async function send(
    path: string,
    query: string,
    request: Omit<PsaHttpRequest, 'url' | 'endpoint'> & { readonly id?: string },
  ): Promise<PsaHttpAnswer> {
    const { id = '', headers, signal, ...rest } = request;
    const url = new URL(`${root}/${path.replace('{id}', encodeURIComponent(id))}${query}`, origin);
    const sendAs = (authorization: string) =>
      http.request({
        ...rest,
        url,
        endpoint: path, // whatever the verb: the vendor does not say, and so most is counted together
        headers: { ...headers, accept: 'application/json', authorization },
        ...(signal && { signal }),
      });
    const authorization = await session.authorization(signal);
    const answer = await sendAs(authorization);
    return answer.status === 401 ? sendAs(await session.renewed(authorization, signal)) : answer;
  }

  return {
    psa,
    learning: new Map(),
    async list({ list, query = {}, page = 1, pageSize = PAGE_SIZE, scope, signal }) {
      const asking = { psa, what: `list ${list.words}`, scope, permission: list.permission };
      const paging = { PageSize: String(pageSize), PageNumber: String(page) };
      const answer = await send(list.path, queryText({ ...query, ...paging }), {
        method: 'GET',
        ...(signal && { signal }),
      });
      const { result, total } = envelopeOf(answer, asking);
      if (!Array.isArray(result)) throw badAnswer(asking, 'with something else than a list');
      return { rows: result as readonly unknown[], total };
    },
    async record({ record, id, scope, signal }) {
      const asking = { psa, what: `read ${record.words}`, scope, permission: record.permission };
      return resultOf(await send(record.path, '', { method: 'GET', id, ...(signal && { signal }) }), asking);
    },
    async change({ method, path, id = '', body, what, permission, beforeWrite, signal }) {
      const asking = { psa, what, scope: 'record', permission, write: true } as const;
      const headers = { 'content-type': 'application/json' };
      const request = { method, id, headers, body: JSON.stringify(body), ...(signal && { signal }) };
      return resultOf(await send(path, '', { ...request, beforeSend: beforeWrite }), asking);
    },
  };
}

function queryText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}
