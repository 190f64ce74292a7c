import { createRandom, type Random } from '../random.ts';
import type { Mutation, MutationReport } from '../psa.ts';
import type { Context } from './context.ts';
import { CONFIGURATION_TYPES } from './seed/lookup-rows.ts';
import { referredId, type Reference, type Row, type Stamp } from './store/row.ts';
import { makePrimary } from './write/rules/addresses.ts';
import { remove } from './write/save.ts';
import { merge } from './write/merge.ts';

const MAIN = ['companies', 'sites', 'contacts', 'configurations'] as const;
type Main = (typeof MAIN)[number];

/** Who changes things behind the API's back. */
const SOMEBODY = 'JSmith';

function pickRow(context: Context, name: Main, random: Random, accept: (row: Row) => boolean): Row | undefined {
  const rows = context.store.collection(name).all();
  // Nearly every row is accepted; a collection without any must still come to an end.
  for (let tries = 0; tries < 200 && rows.length > 0; tries++) {
    const row = random.pick(rows);
    if (accept(row)) return row;
  }
  return undefined;
}

function someCompany(context: Context, random: Random): Reference | undefined {
  const company = pickRow(context, 'companies', random, (row) => row['deletedFlag'] !== true);
  return company && context.store.reference('companies', company.id);
}

function newValues(context: Context, name: Main, random: Random, serial: number): Record<string, unknown> {
  const { store } = context;
  const company = name === 'companies' ? undefined : someCompany(context, random);
  switch (name) {
    case 'companies':
      return {
        identifier: `New${serial}`,
        name: `New Company ${serial}`,
        status: store.reference('companyStatuses', 1),
        deletedFlag: false,
      };
    case 'sites':
      return {
        name: `New Site ${serial}`,
        addressLine1: `${serial} New Street`,
        city: 'Tampa',
        company,
        primaryAddressFlag: false,
      };
    case 'contacts':
      return { firstName: 'New', lastName: `Person ${serial}`, company, inactiveFlag: false };
    case 'configurations':
      return {
        name: `NEW-PC${serial}`,
        type: store.reference('configurationTypes', random.integer(1, CONFIGURATION_TYPES.length)),
        status: store.reference('configurationStatuses', 1),
        company,
        serialNumber: `NEW${serial}`,
        activeFlag: true,
      };
  }
}

function insert(context: Context, name: Main, random: Random, stamp: Stamp): Row {
  const { store } = context;
  const serial = random.integer(100_000, 999_999_999);
  const row = store.insert(name, newValues(context, name, random, serial), stamp);
  if (name === 'companies') {
    const company = store.reference('companies', row.id);
    const site = store.insert('sites', { name: 'Main', company, primaryAddressFlag: true }, stamp);
    store.update('companies', row, { site: store.reference('sites', site.id) });
    store.insert('companyTypeAssociations', { type: store.reference('companyTypes', 1), company }, stamp);
  }
  context.announce({ action: 'added', collection: name, row, by: stamp.by });
  return row;
}

/** Changes a field that every row of the kind has. */
function change(context: Context, name: Main, row: Row, random: Random, stamp: Stamp): void {
  const serial = random.integer(1, 999_999);
  const values = {
    companies: { phoneNumber: `555${serial}` },
    sites: { addressLine2: `Floor ${serial}` },
    contacts: { title: `Title ${serial}` },
    configurations: { notes: `Seen ${serial}`, lastLoginName: `user${serial}` },
  }[name];
  context.store.update(name, row, values, stamp);
  const company = name === 'sites' ? context.store.get('companies', referredId(row['company']) ?? 0) : undefined;
  if (company && row['primaryAddressFlag'] === true) makePrimary(context, company, row, stamp);
  context.announce({ action: 'updated', collection: name, row, by: stamp.by });
}

function mayGo(name: Main, row: Row): boolean {
  if (name === 'companies') return row['deletedFlag'] !== true && row.id > 3;
  return name !== 'sites' || row['primaryAddressFlag'] !== true;
}

/** Ids by collection, each once. */
class Tally {
  readonly #ids = new Map<Main, Set<number>>();

  add(name: Main, id: number): void {
    const ids = this.#ids.get(name);
    if (ids) ids.add(id);
    else this.#ids.set(name, new Set([id]));
  }

  toReport(): Record<string, number[]> {
    return Object.fromEntries([...this.#ids].map(([name, ids]) => [name, [...ids]]));
  }
}

/** Inserts, changes, deletes and merges at random, as people at the MSP would; the same seed does the same. */
export function mutate(context: Context, mutation: Mutation): MutationReport {
  const random = createRandom(mutation.seed, 'mutate');
  const wanted = MAIN.filter((name) => mutation.collections?.includes(name) ?? true);
  if (wanted.length === 0) throw new Error(`Only these can be mutated: ${MAIN.join(', ')}.`);
  const stamp = context.stamp(SOMEBODY);
  const [inserted, changed, deleted] = [new Tally(), new Tally(), new Tally()];
  const merged: { from: number; to: number }[] = [];
  for (let n = 0; n < mutation.insert; n++) {
    const name = random.pick(wanted);
    inserted.add(name, insert(context, name, random, stamp).id);
  }
  for (let n = 0; n < mutation.change; n++) {
    const name = random.pick(wanted);
    const row = pickRow(context, name, random, (candidate) => candidate['deletedFlag'] !== true);
    if (!row) continue;
    change(context, name, row, random, stamp);
    changed.add(name, row.id);
  }
  for (let n = 0; n < mutation.delete; n++) {
    const name = random.pick(wanted);
    const row = pickRow(context, name, random, (candidate) => mayGo(name, candidate));
    if (!row) continue;
    if (name === 'sites') leaveSite(context, row);
    remove(context, name, row, stamp, new URLSearchParams());
    deleted.add(name, row.id);
  }
  for (let n = 0; n < mutation.merge; n++) {
    const from = pickRow(context, 'companies', random, (row) => mayGo('companies', row));
    const to = pickRow(context, 'companies', random, (row) => mayGo('companies', row) && row !== from);
    if (!from || !to) continue;
    merge(context, from, to, { toCompanyId: to.id }, stamp);
    merged.push({ from: from.id, to: to.id });
  }
  return { inserted: inserted.toReport(), changed: changed.toReport(), deleted: deleted.toReport(), merged };
}

/** A site in use can't be deleted: its contacts and devices lose it first. */
function leaveSite(context: Context, site: Row): void {
  const { store } = context;
  const companyId = referredId(site['company']) ?? 0;
  for (const name of ['contacts', 'configurations'] as const) {
    for (const row of store.collection(name).by('company', companyId)) {
      if (referredId(row['site']) === site.id) store.update(name, row, { site: undefined });
    }
  }
}
