import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../db/database.ts';
import { changeSettings } from '../../db/integrations/change-settings.ts';
import { listPushes } from '../../db/push/list-pushes.ts';
import type { DemoTenant } from './connect-demo.ts';

/** What the demo changed over the API, and how far it came. */
export interface PushedEdit {
  readonly recordId: string;
  readonly name: string;
  readonly title: string;
  /** `pushed`, or why not. */
  readonly state: string;
  /** From the request to the end of the push. */
  readonly ms: number;
}

export interface DemoApi {
  readonly url: string;
  readonly key: string;
}

/** Titles that the demo gives by turns, so that every start has something to change. */
const TITLES = ['Chief Demo Officer', 'Head of Demonstrations'];
const MOST_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** A contact of IT Glue's dialect, as far as it is used here. */
interface ContactDocument {
  readonly data: readonly {
    readonly id: string;
    readonly attributes: {
      readonly name: string;
      readonly title: string | null;
      readonly 'psa-integration': string | null;
    };
  }[];
}

/** Switches two-way sync on and changes a contact's title over the API, as a technician's script would; null without contacts. */
export async function pushOneEdit(
  database: Database,
  { tenantId, integration }: DemoTenant,
  api: DemoApi,
): Promise<PushedEdit | null> {
  await database.withTenant(tenantId, (tx) => changeSettings(tx, integration.id, { twoWay: true }));
  const { data } = await ask<ContactDocument>(api, 'GET', '/contacts?sort=id&page[size]=50');
  const contact = data.find(({ attributes }) => attributes['psa-integration'] === 'enabled');
  if (!contact) return null;
  const title = TITLES.find((one) => one !== contact.attributes.title) ?? '';
  const startedAt = performance.now();
  await ask(api, 'PATCH', `/contacts/${contact.id}`, { data: { type: 'contacts', attributes: { title } } });
  const state = await settled(database, tenantId, contact.id);
  return { recordId: contact.id, name: contact.attributes.name, title, state, ms: performance.now() - startedAt };
}

async function settled(database: Database, tenantId: string, recordId: string): Promise<string> {
  for (const until = Date.now() + MOST_MS; Date.now() < until; await sleep(LOOK_EVERY_MS)) {
    const [push] = await database.withTenant(tenantId, (tx) => listPushes(tx, { recordId }, 1));
    if (push && push.state !== 'pending') return push.reason === null ? push.state : `${push.state}: ${push.reason}`;
  }
  return `not done after ${MOST_MS / 1000} s`;
}

async function ask<T>({ url, key }: DemoApi, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(new URL(path, url), {
    method,
    headers: { 'x-api-key': key, 'content-type': 'application/vnd.api+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The API answered ${answer.status} to ${method} ${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
