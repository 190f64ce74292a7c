import { comparePsaIds } from '../../domain/psa-record.ts';
import { chunks } from '../chunks.ts';
import { badAnswer, jsonOf } from '../http/answers.ts';
import type { PsaHttp, PsaHttpAnswer, PsaHttpRequest } from '../http.ts';
import { MAX_ALTERNATIVES, PAGE_SIZE } from './assumptions.ts';
import type { AutotaskLogin } from './connection.ts';
import type { Entity, Permission } from './entities.ts';
import { autotaskFailure, PSA, type Asking } from './errors.ts';
import { above, among, type Condition } from './filter.ts';
import { anyId } from './ids.ts';
import { entityAnswer, fieldsAnswer, queryAnswer, writeAnswer } from './schemas.ts';
import { createZone } from './zone.ts';

export interface QueryRequest {
  readonly entity: Entity;
  /** `id` is always asked for. */
  readonly fields: readonly string[];
  readonly filter?: readonly Condition[];
  /** Rows with a higher id than this; null for the first page. */
  readonly after?: string | null;
  readonly pageSize?: number;
  /** How much of a sync a failure concerns. */
  readonly scope: Asking['scope'];
  readonly signal?: AbortSignal | undefined;
}

interface QueryPage {
  readonly rows: readonly unknown[];
  /** For `after` of the next page; null at the end. */
  readonly next: string | null;
}

export interface ChangeRequest {
  readonly method: 'POST' | 'PATCH';
  /** Below the root of the API. */
  readonly path: string;
  /** The entity that is written, by its name; what the limits count by. */
  readonly entity: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** "change a contact". */
  readonly what: string;
  readonly permission: Permission;
  /** Awaited before the request is sent, and again if it is sent a second time, to another zone. */
  readonly beforeWrite: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** A row of a picklist. */
export interface Choice {
  readonly id: string;
  readonly label: string | null;
  readonly isActive: boolean;
}

/** What the user may do with an entity, in Autotask's words. */
export interface Access {
  readonly create: string | null | undefined;
  readonly update: string | null | undefined;
}

/** The few ways in which the adapter talks to Autotask; all throw PsaError. */
export interface AutotaskClient {
  /** One page in the order of ids. */
  query(request: QueryRequest): Promise<QueryPage>;
  /** All rows. */
  queryAll(request: QueryRequest): Promise<readonly unknown[]>;
  /** All rows whose field holds one of these ids; duplicates do no harm. */
  queryAmong(request: QueryRequest, field: string, ids: readonly string[]): Promise<readonly unknown[]>;
  /** The picklists of an entity by field. */
  picklists(entity: Entity, signal?: AbortSignal): Promise<ReadonlyMap<string, readonly Choice[]>>;
  access(entity: Entity, signal?: AbortSignal): Promise<Access>;
  /** Changes something, in one request; gives the id of what was written. */
  change(request: ChangeRequest): Promise<string>;
}

export function createClient(http: PsaHttp, login: AutotaskLogin): AutotaskClient {
  const zone = createZone(http, login);

  /** Asks; and once more elsewhere when the customer has moved to another zone meanwhile, which only a 401 tells. */
  async function send(path: string, asking: Asking, request: Omit<PsaHttpRequest, 'url' | 'headers'>) {
    const askAt = (root: string): Promise<PsaHttpAnswer> =>
      http.request({ ...request, url: new URL(root + path), headers: login.headers });
    const root = await zone.current();
    let answer = await askAt(root);
    if (answer.status === 401) {
      const moved = await zone.renewed(root);
      if (moved !== root) answer = await askAt(moved);
    }
    if (answer.status !== 200) throw autotaskFailure(answer, asking);
    return answer;
  }

  async function query(request: QueryRequest): Promise<QueryPage> {
    const { entity, fields, filter = [], after = null, pageSize = PAGE_SIZE, scope, signal } = request;
    const asking = { what: `list ${entity.words}`, scope, permission: entity.permission };
    const asked = { psa: PSA, ...asking };
    const model = {
      maxRecords: pageSize,
      includeFields: [...new Set(['id', ...fields])],
      filter: [above(after), ...filter],
    };
    const answer = await send(`/${entity.name}/query`, asking, {
      method: 'POST',
      asks: true,
      endpoint: entity.name,
      body: JSON.stringify(model),
      ...(signal && { signal }),
    });
    const parsed = queryAnswer.safeParse(jsonOf(answer, asked));
    if (!parsed.success) throw badAnswer(asked, 'with something else than a list');
    const { items: rows, pageDetails } = parsed.data;
    const ids = rows.map(anyId).filter((id) => id !== null);
    if (!isAscending(ids, after)) throw badAnswer(asked, 'with rows that it was asked to pass over, or out of order');
    const more = pageDetails ? (pageDetails.nextPageUrl ?? null) !== null : rows.length >= pageSize;
    const last = ids.at(-1) ?? null;
    if (more && last === null) throw badAnswer(asked, 'with rows of which none has an id');
    return { rows, next: more ? last : null };
  }

  async function queryAll(request: QueryRequest): Promise<readonly unknown[]> {
    const rows: unknown[] = [];
    for (let after: string | null = null; ;) {
      const page: QueryPage = await query({ ...request, after });
      rows.push(...page.rows);
      if (page.next === null) return rows;
      after = page.next;
    }
  }

  /** Reads what Autotask says of an entity itself. */
  async function describe(entity: Entity, path: '' | '/fields', signal?: AbortSignal) {
    const { name, words, permission } = entity;
    const asking = {
      what: `read the ${path === '' ? 'description' : 'fields'} of ${words}`,
      scope: 'integration',
    } as const;
    const request = { method: 'GET', endpoint: name, ...(signal && { signal }) } as const;
    const answer = await send(`/${name}/entityInformation${path}`, { ...asking, permission }, request);
    return { json: jsonOf(answer, { psa: PSA, ...asking }), asked: { psa: PSA, ...asking } };
  }

  return {
    query,
    queryAll,
    async queryAmong(request, field, ids) {
      const rows: unknown[] = [];
      for (const part of chunks([...new Set(ids)], MAX_ALTERNATIVES)) {
        const filter = [among(field, part), ...(request.filter ?? [])];
        rows.push(...(await queryAll({ ...request, filter })));
      }
      return rows;
    },
    async access(entity, signal) {
      const { json, asked } = await describe(entity, '', signal);
      const parsed = entityAnswer.safeParse(json);
      if (!parsed.success) throw badAnswer(asked, "with a description that can't be read");
      const { userAccessForCreate: create, userAccessForUpdate: update } = parsed.data.info;
      return { create, update };
    },
    async picklists(entity, signal) {
      const { json, asked } = await describe(entity, '/fields', signal);
      const parsed = fieldsAnswer.safeParse(json);
      if (!parsed.success) throw badAnswer(asked, "with fields that can't be read");
      return new Map(
        parsed.data.fields.map(({ name: field, picklistValues }) => [
          field,
          (picklistValues ?? []).map(({ value, label, isActive }) => ({
            id: String(value),
            label: label ?? null,
            isActive: isActive !== false,
          })),
        ]),
      );
    },
    async change({ method, path, entity, body, what, permission, beforeWrite, signal }) {
      const asking = { what, scope: 'record', permission, write: true } as const;
      const request = { method, endpoint: entity, body: JSON.stringify(body), ...(signal && { signal }) };
      const answer = await send(path, asking, { ...request, beforeSend: beforeWrite });
      const asked = { psa: PSA, ...asking };
      const parsed = writeAnswer.safeParse(jsonOf(answer, asked));
      if (!parsed.success) throw badAnswer(asked, 'without the id of what it wrote');
      return String(parsed.data.itemId);
    },
  };
}

/** Pages begin above the last id, so a list in another order would lose records. The same row twice does no harm. */
function isAscending(ids: readonly string[], after: string | null): boolean {
  const [first] = ids;
  if (first !== undefined && after !== null && comparePsaIds(first, after) <= 0) return false;
  return ids.every((id, at) => at === 0 || comparePsaIds(ids[at - 1]!, id) <= 0);
}
