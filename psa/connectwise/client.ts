import { comparePsaIds } from '../../domain/psa-record.ts';
import { badAnswer, jsonOf } from '../http/answers.ts';
import type { PsaHttp, PsaHttpAnswer } from '../http.ts';
import { rowId } from '../record-reader.ts';
import { API_VERSION, PAGE_SIZE } from './assumptions.ts';
import { createCodebase } from './codebase.ts';
import type { ConnectWiseLogin } from './connection.ts';
import { connectWiseFailure, mayHaveMoved, PSA, type Asking } from './errors.ts';
import { nextPage } from './forward-only.ts';
import type { ListSpec, Permission } from './lists.ts';
import { listQuery, type ListQuery } from './query.ts';

export interface ListRequest extends ListQuery {
  readonly list: ListSpec;
  /** How much of a sync a failure concerns. */
  readonly scope: Asking['scope'];
  readonly signal?: AbortSignal | undefined;
}

interface ListPage {
  readonly rows: readonly unknown[];
  /** For `after` of the next page; null at the end. */
  readonly next: string | null;
}

export interface ChangeRequest {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** Below the root of the API. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** "change a contact". */
  readonly what: string;
  readonly permission: Permission;
  /** Awaited before the request is sent, and again if it is sent a second time, to another codebase. */
  readonly beforeWrite: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** The few ways in which the adapter talks to ConnectWise; all throw PsaError. */
export interface ConnectWiseClient {
  /** One page of a list, in the order of ids. */
  list(request: ListRequest): Promise<ListPage>;
  /** All rows of a short list. */
  listAll(request: ListRequest): Promise<readonly unknown[]>;
  /** Changes something, in one request; gives the JSON of the answer, null where there is none. */
  change(request: ChangeRequest): Promise<unknown>;
  /** The server's description of itself. */
  systemInfo(signal?: AbortSignal): Promise<unknown>;
}

export function createClient(http: PsaHttp, login: ConnectWiseLogin): ConnectWiseClient {
  const codebase = createCodebase(http, login);
  const headers = {
    authorization: login.authorization,
    clientid: login.clientId,
    accept: `application/vnd.connectwise.com+json; version=${API_VERSION}`,
  };

  /** Asks; and once more elsewhere when the company has moved to another codebase meanwhile. */
  async function send(path: string, asking: Asking, ask: (url: URL) => Promise<PsaHttpAnswer>): Promise<PsaHttpAnswer> {
    const askAt = (base: string) => ask(new URL(`/${base}apis/3.0${path}`, login.address.apiOrigin));
    const base = await codebase.current();
    let answer = await askAt(base);
    if (mayHaveMoved(answer)) {
      const moved = await codebase.renewed(base);
      if (moved !== base) answer = await askAt(moved);
    }
    if (answer.status < 200 || answer.status > 299) throw connectWiseFailure(answer, asking);
    return answer;
  }

  function get(path: string, asking: Asking, signal?: AbortSignal): Promise<PsaHttpAnswer> {
    const reading = { ...headers, 'pagination-type': 'forward-only' };
    return send(path, asking, (url) =>
      http.request({ method: 'GET', url, headers: reading, ...(signal && { signal }) }),
    );
  }

  async function list(request: ListRequest): Promise<ListPage> {
    const { list: spec, after = null, pageSize = PAGE_SIZE, scope, signal } = request;
    const asking = { what: `list ${spec.words}`, scope, permission: spec.permission };
    const asked = { psa: PSA, ...asking };
    const answer = await get(spec.path + listQuery(request), asking, signal);
    const rows = jsonOf(answer, asked);
    if (!Array.isArray(rows)) throw badAnswer(asked, 'with something else than a list');
    const next = nextPage(answer.headers['link'], rows, pageSize);
    const isBehind = (id: string | null) => id !== null && after !== null && comparePsaIds(id, after) <= 0;
    if (isBehind(rowId(rows[0])) || isBehind(next))
      throw badAnswer(asked, 'with a page that it was asked to pass over');
    return { rows, next };
  }

  return {
    list,
    async listAll(request) {
      const rows: unknown[] = [];
      for (let after: string | null = null; ;) {
        const page: ListPage = await list({ ...request, after });
        rows.push(...page.rows);
        if (page.next === null) return rows;
        after = page.next;
      }
    },
    async change({ method, path, body, what, permission, beforeWrite, signal }) {
      const asking = { what, scope: 'record', permission, write: true } as const;
      const content = body === undefined ? {} : { 'content-type': 'application/json' };
      const request = {
        method,
        headers: { ...headers, ...content },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
        beforeSend: beforeWrite,
      };
      const answer = await send(path, asking, (url) => http.request({ ...request, url }));
      return answer.text === '' ? null : jsonOf(answer, { psa: PSA, ...asking });
    },
    async systemInfo(signal) {
      const asking = { what: 'read the system info', scope: 'integration' } as const;
      return jsonOf(await get('/system/info', asking, signal), { psa: PSA, ...asking });
    },
  };
}
