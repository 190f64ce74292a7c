import { randomBytes } from 'node:crypto';
import type { Caller } from '../../client/http/caller.ts';
import type { ApiDeps } from '../../client/http/deps.ts';
import { createApi } from '../../client/http/server.ts';
import type { Database } from '../../db/database.ts';
import type { RequestedPush } from '../../db/edits/edit.ts';
import { providerRules } from '../../psa/registry.ts';
import { atEnd } from './at-end.ts';

export interface JsonObject {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, { readonly data: readonly { id: string; type: string }[] }>>;
}

/** A reply, with whatever it may have; a test looks at what it should have. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly data: JsonObject;
  readonly list: readonly JsonObject[];
  readonly ids: readonly string[];
  readonly included: readonly JsonObject[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly links: Readonly<Record<string, string | null>>;
  readonly errors: readonly {
    readonly status: number;
    readonly title: string;
    readonly detail?: string;
    readonly source?: { readonly pointer?: string; readonly parameter?: string };
    readonly meta?: { readonly current?: JsonObject };
  }[];
}

export interface TestApi {
  readonly url: string;
  /** Pushes that writes asked for, in order. */
  readonly started: RequestedPush[];
  /** A new key for this tenant. */
  key(caller: Partial<Caller> & { readonly tenantId: string }): string;
}

/** The API over a database, on a port of its own, with keys that a test makes; closed at the end of the file. */
export async function testApi(database: Database, more: Partial<ApiDeps> = {}): Promise<TestApi> {
  const callers = new Map<string, Caller>();
  const started: RequestedPush[] = [];
  const server = createApi({
    database,
    rules: providerRules,
    authenticate: async (key) => callers.get(key) ?? null,
    startPushes: (_tenant, pushes) => started.push(...pushes),
    ...more,
  });
  atEnd(() => server.close());
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    started,
    key(caller) {
      const key = `test-${randomBytes(12).toString('hex')}`;
      callers.set(key, { keyId: '1', tenantKey: 'acme', name: 'a test', scope: 'write', origin: 'edit', ...caller });
      return key;
    },
  };
}

export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Reply>;

/** Sends requests with a key, as JSON:API unless the headers say otherwise. */
export function sender(url: string, key: string): Send {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        'x-api-key': key,
        ...(body !== undefined && { 'content-type': 'application/vnd.api+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const content = (await response.json()) as Record<string, unknown>;
    const list = (Array.isArray(content['data']) ? content['data'] : [content['data']]) as JsonObject[];
    return {
      ...content,
      status: response.status,
      headers: response.headers,
      list,
      ids: list.map((object) => object?.id),
    } as unknown as Reply;
  };
}
