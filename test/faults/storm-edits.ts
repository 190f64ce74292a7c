import type { Kind } from '../../domain/kinds.ts';
import type { Reply, Send } from '../support/api.ts';
import { linked, type Linked, psaRows, type PushStage } from '../support/push.ts';
import type { Random } from '../support/random.ts';

/** A value that somebody here wrote, once in the whole storm. */
interface Word {
  readonly recordId: string;
  readonly word: string;
}

export interface Storm {
  /** The next edit: somebody's here, by the HTTP API, or somebody's at the PSA. */
  edit(number: number): Promise<void>;
  /** What the API took. */
  readonly words: readonly Word[];
  /** Names of the contacts and devices that were made. */
  readonly made: Readonly<Record<'contacts' | 'configurations', readonly string[]>>;
}

/** Values of a storm, wherever they stand. */
export const WORDS = /Ours\d+|555-0\d{6}|ours\d+@storm\.test/gu;

/** Kinds of records, in their shares of all that are edited, by their path in the API and their table in the PSA. */
const KINDS = [
  { kind: 'contact', path: 'contacts', rows: 'contacts', share: 0.55 },
  { kind: 'configuration', path: 'configurations', rows: 'configurations', share: 0.35 },
  { kind: 'organization', path: 'organizations', rows: 'companies', share: 0.05 },
  { kind: 'location', path: 'locations', rows: 'sites', share: 0.05 },
] as const satisfies readonly { kind: Kind; path: string; rows: string; share: number }[];

/** Texts that both sides write: the API's name, and the PSA's. */
const TEXTS = {
  contact: ['title', 'title'],
  configuration: ['asset-tag', 'tagNumber'],
  organization: ['short-name', 'identifier'],
  location: ['address-2', 'addressLine2'],
} as const satisfies Record<Kind, readonly [string, string]>;

/** Of a hundred edits so many make a record, or are somebody's at the PSA; of those of contacts, so many change a list. */
const SHARES = { create: 0.03, theirs: 0.05, phones: 0.3, emails: 0.15 };

type Target = Linked & (typeof KINDS)[number];
type Entry = Readonly<Record<string, unknown>> & { readonly value: string };

/** Edits over so many records of every kind that are in step. */
export async function stormOver(stage: PushStage, send: Send, records: number, random: Random): Promise<Storm> {
  const targets: Target[] = [];
  for (const one of KINDS) {
    const found = await linked(stage, one.kind, Math.max(1, Math.round(records * one.share)));
    targets.push(...found.map((record) => ({ ...record, ...one })));
  }
  const organizations = targets.filter(({ kind }) => kind === 'organization');
  // A year 0, which some companies come with, is a reason to refuse any change of them: that is no storm's affair.
  const mended = organizations.map(({ psaId }) => ({ id: Number(psaId), yearEstablished: 1990, revenueYear: 2020 }));
  stage.simulator.admin.putRows('companies', mended);
  const phoneType = psaRows<{ type: object; communicationType: string }>(stage, 'communications').find(
    ({ communicationType }) => communicationType === 'Phone',
  )?.type;
  const device = await send('GET', `/configurations/${targets.find(({ kind }) => kind === 'configuration')?.recordId}`);
  const { 'configuration-type-id': type, 'configuration-status-id': status } = device.data.attributes;
  const words: Word[] = [];
  const made = { contacts: [] as string[], configurations: [] as string[] };

  const taken = (reply: Reply, status: number): void => {
    if (reply.status !== status) throw new Error(`the API: ${reply.status} ${JSON.stringify(reply.errors)}`);
  };
  async function change({ path, recordId }: Target, attributes: object, word: string): Promise<void> {
    taken(await send('PATCH', `/${path}/${recordId}`, { data: { type: path, attributes } }), 200);
    words.push({ recordId, word });
  }
  /** As a script does that knows no other way: reads the list, and sends it with one entry exchanged. */
  async function exchange(target: Target, list: 'contact-phones' | 'contact-emails', word: string): Promise<void> {
    const { data } = await send('GET', `/contacts/${target.recordId}`);
    const entries = data.attributes[list] as readonly Entry[];
    const kept = entries.filter(({ value }) => !value.match(WORDS)?.some((word) => word === value));
    await change(target, { [list]: [...kept, { value: word, primary: false }] }, word);
  }
  async function make(number: number): Promise<void> {
    const organization = Number(random.pick(organizations).recordId);
    const name = `Storm${number}`;
    const path = random.chance(0.5) ? 'contacts' : 'configurations';
    const attributes = {
      contacts: {
        'first-name': 'Made',
        'last-name': name,
        'contact-phones': [{ value: phone(number), primary: true }],
        'contact-emails': [{ value: email(number), primary: true }],
      },
      configurations: {
        ...{ name, 'configuration-type-id': type, 'configuration-status-id': status },
        'asset-tag': `Ours${number}`,
      },
    }[path];
    const reply = await send('POST', `/${path}`, {
      data: { type: path, attributes: { 'organization-id': organization, ...attributes } },
    });
    taken(reply, 201);
    made[path].push(name);
    const given = path === 'contacts' ? [phone(number), email(number)] : [`Ours${number}`];
    words.push(...given.map((word) => ({ recordId: reply.data.id, word })));
  }
  function theirs({ kind, rows, psaId }: Target, number: number): void {
    const { admin } = stage.simulator;
    if (kind === 'contact' && random.chance(0.3)) {
      const item = { contactId: Number(psaId), type: phoneType, communicationType: 'Phone', defaultFlag: false };
      admin.putRows('communications', [{ ...item, value: `777-${number}` }]);
    } else admin.putRows(rows, [{ id: Number(psaId), [TEXTS[kind][1]]: `Theirs${number}` }]);
  }

  return {
    words,
    made,
    async edit(number) {
      const target = targets[number % targets.length]!;
      const chance = random.next();
      if (chance < SHARES.theirs) return theirs(target, number);
      if (chance < SHARES.theirs + SHARES.create) return make(number);
      if (target.kind === 'contact' && random.chance(SHARES.phones))
        return exchange(target, 'contact-phones', phone(number));
      if (target.kind === 'contact' && random.chance(SHARES.emails))
        return exchange(target, 'contact-emails', email(number));
      await change(target, { [TEXTS[target.kind][0]]: `Ours${number}` }, `Ours${number}`);
    },
  };
}

const phone = (number: number): string => `555-0${String(number).padStart(6, '0')}`;
const email = (number: number): string => `ours${number}@storm.test`;
