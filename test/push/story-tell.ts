import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Database } from '../../db/database.ts';
import { ReadOnlyFields } from '../../db/edits/edit.ts';
import { reopenPushes } from '../../db/push/open-pushes.ts';
import { retryPushes } from '../../db/push/retry-push.ts';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { LocalValue, LocalValues, Phone } from '../../domain/values.ts';
import type { PsaHttp } from '../../psa/http.ts';
import { editor } from '../support/edits.ts';
import { Actor } from '../support/turnstile.ts';
import type { Event } from './story-events.ts';
import { listsIn, writeEntry } from './story-lists.ts';
import { Model, type Texts, wordsOf } from './story-model.ts';
import { Watch, type Who } from './story-watch.ts';
import { LISTS, type Pair, rowIn, TEXTS, type World, writeRow } from './story-world.ts';

/** Records that the model knows by name: one of each kind for its texts, and a contact for its lists. */
export const NAMES = [...KINDS, 'listed'] as const;
export type Name = (typeof NAMES)[number];

/** A contact that somebody here made. */
interface Made {
  readonly recordId: string;
  readonly lastName: string;
  /** Somebody saved it while two-way sync was on: until then it is not the PSA's business. */
  asked: boolean;
}

/** What people did, and what the model makes of it. */
export interface Told {
  readonly world: World;
  readonly model: Model;
  /** Titles of contacts that were made, as people here wrote them. */
  readonly titles: readonly string[];
  readonly made: readonly Made[];
  readonly theirNew: readonly { readonly psaId: number; readonly lastName: string; readonly isGone: boolean }[];
}

/** Every value is written once in all stories, so that it can be told who wrote it, and when. */
let serial = 0;

/** What the PSA holds of a record, in words. */
export function psaOf(world: World, name: Name): Texts {
  const pair = world.pairs[name];
  if (name === 'listed') return listsIn(world, pair);
  const row = rowIn<Record<string, unknown>>(world, pair.kind, pair.psaId) ?? {};
  const texts = Object.entries(TEXTS[pair.kind]).map(([field, path]) => [field, String(row[path])]);
  const { company } = row as { company?: { readonly id: number } };
  return Object.fromEntries([
    ...texts,
    ...(name === 'contact' ? [['organization', String(company?.id)]] : []),
  ]) as Texts;
}

/** What we hold of a record, in the same words. */
export function oursOf({ pairs }: World, name: Name, values: LocalValues): Texts {
  const inWords = (field: string, value: LocalValue | undefined): string => {
    if (Array.isArray(value)) return wordsOf(value as readonly Phone[]);
    const organization = [pairs.organization, pairs.other].find(({ recordId }) => recordId === value);
    return field === 'organization' ? String(organization?.psaId) : ((value ?? '') as string);
  };
  return Object.fromEntries(fieldsOf(name).map((field) => [field, inWords(field, values[field])]));
}

/**
 * Lets the story happen, then all that is under way end, and the patience of an orchestrator do the rest.
 * @param look called after every event: not only in the end, since what an old page undoes, the next sync would mend
 */
export async function tell(
  database: Database,
  world: World,
  events: readonly Event[],
  look: (model: Model) => Promise<void>,
): Promise<Told> {
  const { pairs, home } = world;
  const model = new Model();
  const watch = new Watch(model, (name) => (name === 'listed' ? listsIn(world, pairs.listed) : {}));
  for (const name of NAMES) model.add(name, pairs[name].place, psaOf(world, name));
  const people = editor(database, home);
  const titles: string[] = [];
  const made: Made[] = [];
  const theirNew: { psaId: number; lastName: string; isGone: boolean }[] = [];
  let actors: Actor[] = [];

  const begin = async (who: Who, work: (through: PsaHttp) => Promise<unknown>) => {
    const actor = new Actor(world.http, watch.begin(who));
    actors.push(actor);
    await actor.begin(() => work(actor.http));
    return actor;
  };
  const sync = () => begin('sync', (through) => world.sync(through));
  const push = (name: string, { kind, recordId }: Pick<Pair, 'kind' | 'recordId'>) =>
    begin({ push: name }, (through) => world.push(through, kind, recordId));

  /** Saves and pushes; while two-way sync is off, what a PSA gives is refused instead. */
  async function save(name: Name, field: string, value: string, set: LocalValues): Promise<void> {
    const { recordId } = pairs[name];
    if (!model.twoWay) return expect(people.edit(recordId, set)).rejects.toThrow(ReadOnlyFields);
    await people.edit(recordId, set);
    model.edit(name, field, value);
    await push(name, pairs[name]);
  }

  async function saveText(kind: Kind, second: boolean, here: boolean): Promise<void> {
    const [field, path] = Object.entries(TEXTS[kind])[second ? 1 : 0] ?? ['', ''];
    const value = `${here ? 'Ours' : 'Theirs'}${(serial += 1)}`;
    if (here) return save(kind, field, value, { [field]: value });
    writeRow(world, kind, { id: pairs[kind].psaId, [path]: value });
    model.holds(kind, { [field]: value });
  }

  async function saveList({ do: who, list, how }: Extract<Event, { list: unknown }>): Promise<void> {
    const number = (serial += 1);
    const value = list === 'phones' ? `555-${1000 + number}` : `made${number}@acme.example`;
    if (who === 'their list') {
      writeEntry(world, pairs.listed, list, value, how === 'only' ? 'change' : how);
      return model.holds('listed', listsIn(world, pairs.listed));
    }
    const held = ((await people.valuesOf(pairs.listed.recordId))?.[list] ?? []) as readonly Phone[];
    const kept = how === 'only' ? [] : how === 'add' ? held : held.slice(1);
    const added = { value, type: null, primary: false, ...(list === 'phones' && { extension: null }) };
    const entries = [...kept, added] as readonly Phone[];
    await save('listed', list, wordsOf(entries), { [list]: entries });
  }

  async function make(): Promise<void> {
    const lastName = `Made${(serial += 1)}`;
    const organization = pairs.organization.recordId;
    const { recordId } = await people.make('contact', { organization, firstName: 'New', lastName });
    made.push({ recordId, lastName, asked: model.twoWay });
    await push('made', { kind: 'contact', recordId });
  }

  /** One that is in the PSA is read-only while two-way sync is off; one that is not is nobody else's. */
  async function editMade(one: Made | undefined): Promise<void> {
    if (!one) return;
    const { recordId } = one;
    const title = `Title${(serial += 1)}`;
    const tied = await world.rows(sql`select from links where record_id = ${recordId} and state in ('live', 'error')`);
    if (!model.twoWay && tied.length > 0)
      return expect(people.edit(recordId, { title })).rejects.toThrow(ReadOnlyFields);
    await people.edit(recordId, { title });
    titles.push(title);
    one.asked ||= model.twoWay;
    await push('made', { kind: 'contact', recordId });
  }

  async function switchTwoWay(on: boolean): Promise<void> {
    await people.twoWay(on);
    model.switchTwoWay(on);
    // What housekeeping does every minute.
    await people.inTenant(reopenPushes);
  }

  async function happen(event: Exclude<Event, { who: number }>): Promise<unknown> {
    switch (event.do) {
      case 'ours':
      case 'theirs':
        return saveText(event.kind, event.second, event.do === 'ours');
      case 'push':
        return push(event.kind, pairs[event.kind]);
      case 'our list':
      case 'their list':
        return saveList(event);
      case 'push lists':
        return push('listed', pairs.listed);
      case 'make':
        return make();
      case 'edit made':
        return editMade(made.at(-1));
      case 'two-way':
        return switchTwoWay(!model.twoWay);
      case 'sync':
        return sync();
      case 'their move': {
        const id = [pairs.organization, pairs.other].find(
          ({ psaId }) => `${psaId}` !== model.of('contact').psa['organization'],
        );
        writeRow(world, 'contact', { id: pairs.contact.psaId, company: { id: id?.psaId } });
        return model.holds('contact', { organization: String(id?.psaId) });
      }
      case 'their new': {
        const lastName = `TheirNew${(serial += 1)}`;
        const company = { id: pairs.organization.psaId };
        const psaId = writeRow(world, 'contact', { firstName: 'Their', lastName, company, inactiveFlag: false });
        return theirNew.push({ psaId, lastName, isGone: false });
      }
      case 'their delete': {
        const one = theirNew.find(({ isGone }) => !isGone);
        if (!one) return undefined;
        one.isGone = true;
        return world.simulator.admin.deleteRows('contacts', [one.psaId]);
      }
    }
  }

  for (const event of events) {
    actors = actors.filter(({ over }) => !over);
    if (!('who' in event)) await happen(event);
    else if (actors.length > 0) await move(event.do, actors[event.who % actors.length]);
    await look(model);
  }
  for (const actor of actors) await actor.end();

  const timePasses = async () => {
    await world.timePasses();
    model.timePasses();
  };
  if (!model.twoWay) {
    // Switched off, one sync alone brings all in step.
    await timePasses();
    await (await sync()).end();
    await look(model);
    inStep(model);
    for (const { asked, lastName } of made) if (!asked) expect(contactsCalled(world, lastName)).toEqual([]);
    await switchTwoWay(true);
  }
  // What was made meanwhile is not yet pushed: saving it is the consent.
  for (const one of made) if (!one.asked) await editMade(one);

  const isOpen = async () =>
    (await world.rows(sql`select from pushes where state <> 'pushed' union all select from pending_edits`)).length > 0;
  // A sync comes after the last push, so two rounds are the least.
  for (let round = 0; round < 2 || (round < 5 && (await isOpen())); round += 1) {
    await timePasses();
    for (const name of NAMES) await (await push(name, pairs[name])).end();
    for (const { recordId, lastName } of made) {
      await (await push('made', { kind: 'contact', recordId })).end();
      await sayOnceMore(database, world, recordId, lastName);
    }
    await (await sync()).end();
  }
  return { world, model, titles, made, theirNew };
}

/** The same on both sides, and nothing on its way. */
export function inStep(model: Model): void {
  for (const name of NAMES) {
    const { local, psa, pending } = model.of(name);
    expect({ [name]: local }).toEqual({ [name]: psa });
    expect({ [name]: pending }).toEqual({ [name]: 0 });
  }
}

/** Where it is not sure whether the PSA has made a contact, a person looks, and says. */
async function sayOnceMore(database: Database, world: World, recordId: string, lastName: string): Promise<void> {
  const unsure = await world.rows(
    sql`select from pushes where record_id = ${recordId} and state = 'attention' and reason_code = 'unsure'`,
  );
  if (unsure.length === 0) return;
  expect(contactsCalled(world, lastName)).toEqual([]);
  await database.withTenant(world.home.tenantId, (tx) => retryPushes(tx, { recordId }, 'Grace'));
}

async function move(how: Extract<Event, { who: number }>['do'], actor: Actor | undefined): Promise<void> {
  if (how === 'step') await actor?.step();
  else if (how === 'end') await actor?.end();
  else if (how === 'break') await actor?.breakLine();
  else await actor?.kill(how === 'late');
}

interface PsaContact {
  readonly id: number;
  readonly lastName?: string;
  readonly title?: string;
}

export const contactsCalled = ({ simulator }: World, name: string): PsaContact[] =>
  [...(simulator.admin.state('contacts') as Iterable<PsaContact>)].filter(({ lastName }) => lastName === name);

/** Fields of a record that the model knows. */
const fieldsOf = (name: Name): readonly string[] => [
  ...Object.keys(name === 'listed' ? LISTS : TEXTS[name]),
  ...(name === 'contact' ? ['organization'] : []),
];
