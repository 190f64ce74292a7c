import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { authenticator } from '../../../client/http/key-holders.ts';
import type { ApiDeps, ApiPart } from '../../../client/http/deps.ts';
import { openApiDocument } from '../../../client/http/openapi.ts';
import { ownResources } from '../../../client/http/own/own-resources.ts';
import { createApi } from '../../../client/http/server.ts';
import { temporalClient } from '../../../client/temporal/connect.ts';
import type { RequestedPush } from '../../../db/edits/edit.ts';
import { createApiKey, type CreateApiKey } from '../../../db/api-keys/create-key.ts';
import type { Database } from '../../../db/database.ts';
import { providerRules } from '../../../psa/registry.ts';
import { atEnd } from '../../support/at-end.ts';
import { answerProblems } from './answer-problems.ts';

export interface OwnApiOptions {
  readonly database: Database;
  /** Left out: nobody is there. */
  readonly temporal?: { readonly address: string; readonly namespace: string };
  /** Before the document and the resources. */
  readonly parts?: readonly ApiPart[];
  readonly deps?: Partial<ApiDeps>;
}

/** Nobody listens there. */
export const NOBODY = { address: '127.0.0.1:1', namespace: 'default' };

/** The API with our own resources, listening; it ends with the test file. */
export async function ownApi({ database, temporal = NOBODY, parts = [], deps = {} }: OwnApiOptions) {
  const client = temporalClient(temporal);
  const started: StartedPush[] = [];
  const operate = {
    temporal: client,
    temporalUi: { url: 'http://temporal-ui.test', namespace: temporal.namespace },
    housekeepingSeconds: 3600,
  };
  const server = createApi({
    database,
    rules: providerRules,
    authenticate: authenticator(database),
    startPushes: (tenant, pushes) => started.push(...pushes.map((push) => ({ ...tenant, ...push }))),
    parts: [...parts, openApiDocument('0.0.0'), ownResources(operate)],
    ...deps,
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  atEnd(async () => {
    await server.close();
    // A call that is being tried again throws on a closed channel, where nobody can catch it.
    if (temporal !== NOBODY) await client.connection.close();
  });
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const problems = answerProblems(await (await fetch(`${url}/openapi.json`)).json());

  /** Whoever sends requests with a key. Every answer has to be what the OpenAPI document says. */
  function as(key: string) {
    async function send(method: string, path: string, attributes?: unknown): Promise<Answer> {
      const body = attributes === undefined ? undefined : JSON.stringify({ data: attributes });
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { 'x-api-key': key, ...(body !== undefined && { 'content-type': 'application/vnd.api+json' }) },
        ...(body !== undefined && { body }),
      });
      const answered = (await response.json()) as Answer['body'];
      expect(problems({ method, path, status: response.status, body: answered })).toEqual([]);
      return { status: response.status, headers: response.headers, body: answered };
    }
    return {
      send,
      get: (path: string) => send('GET', `/psa-sync/v1${path}`),
      post: (path: string, attributes?: Readonly<Record<string, unknown>>) =>
        send('POST', `/psa-sync/v1${path}`, attributes && { attributes }),
      patch: (path: string, data: unknown) => send('PATCH', `/psa-sync/v1${path}`, data),
    };
  }

  return {
    url,
    as,
    started,
    /** A new key's holder. */
    async caller(tenantId: string, rights: Partial<CreateApiKey> = {}) {
      const made = { name: 'Ada', scope: 'write', origin: 'edit', ...rights } as const;
      const { key } = await database.withTenant(tenantId, (tx) => createApiKey(tx, made));
      return as(key);
    },
  };
}

export type OwnCaller = Awaited<ReturnType<Awaited<ReturnType<typeof ownApi>>['caller']>>;

/** A push that would be started, and whose it is. */
interface StartedPush extends RequestedPush {
  readonly tenantId: string;
  readonly tenantKey: string;
}

export interface Shown {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Shown & readonly Shown[];
    readonly meta?: Readonly<Record<string, unknown>>;
    readonly errors?: readonly {
      readonly status: number;
      readonly title: string;
      readonly detail?: string;
      readonly source?: { readonly pointer?: string };
    }[];
  };
}
