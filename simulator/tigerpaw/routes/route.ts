import type { Journal } from '../../journal.ts';
import type { ApiRequest, Reply } from '../../psa.ts';
import type { RateLimit } from '../../rate-limit.ts';
import { Refusal } from '../../refusal.ts';
import type { Values } from '../../store/store.ts';
import type { Credentials } from '../access.ts';
import { failed, notFound } from '../answers.ts';
import type { Right, Settings } from '../settings.ts';
import type { Name, Row, Tables } from '../tables.ts';

/** What every handler works with. */
export interface Context {
  readonly tables: Tables;
  readonly journal: Journal;
  readonly credentials: Credentials;
  readonly now: () => number;
  readonly settings: () => Settings;
  readonly limit: RateLimit;
}

export interface Call {
  readonly request: ApiRequest;
  readonly context: Context;
  readonly ids: readonly string[];
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API's root; `{}` for a number. */
  readonly path: string;
  readonly needs: readonly Right[];
  /** Answers in the envelope of a search, a missing right included. */
  readonly isSearch?: true;
  readonly answer: (call: Call) => Reply;
}

export const ok = (json: unknown): Reply => ({ status: 200, json });

/** What a write answers: what it left, under the name that the vendor gives it; nothing where it took something away. */
export const done = (left: Values = {}): Reply => ok({ ...left, Success: true, Message: null });

export const refuse = (message: string): Refusal => new Refusal(failed(message));

/** The value of a parameter of the query, whatever the case of its name. */
export const parameter = ({ request }: Call, name: string): string | undefined =>
  [...new URLSearchParams(request.query)].find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];

/** How a record that is not there is refused. */
export function missing({ request, context }: Call): Refusal {
  if (context.settings().missingRecord === '404') return new Refusal(notFound());
  return request.method === 'GET' ? new Refusal(ok(null)) : refuse('The record was not found.');
}

/** The row that the path names first. */
export function rowAt(call: Call, name: Name, id = call.ids[0]): Row {
  const row = call.context.tables.get(name, Number(id));
  if (!row) throw missing(call);
  return row;
}

/** Adds the row that a request is about. */
export function insert({ context: { tables, journal } }: Call, name: Name, values: Values): Row {
  const row = tables.insert(name, { ...values, id: tables.collection(name).nextId() });
  journal.own(name, row.id);
  return row;
}

/** Writes values into the row that a request is about. */
export function update({ context: { tables, journal } }: Call, name: Name, row: Row, values: Values): void {
  tables.update(name, row, values);
  journal.own(name, row.id);
}
