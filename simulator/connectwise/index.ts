import type { PsaOptions, SimulatedPsa } from '../psa.ts';
import { createCredentials, createSigningKey } from './access.ts';
import { parseAddress } from './address.ts';
import { DataFile } from './data-file.ts';
import { deleteRows, putRows } from './admin-rows.ts';
import { createApi } from './api.ts';
import { Callbacks } from './callbacks/callbacks.ts';
import { Context } from './context.ts';
import { failure } from './errors.ts';
import { mutate } from './mutate.ts';
import { recordChange } from './record-change.ts';
import { COLLECTION_NAMES, isCollectionName } from './schema/collection-name.ts';
import { seedStore } from './seed/seed.ts';
import { settingsSchema } from './settings.ts';
import type { Row } from './store/row.ts';

const DEFAULT_COMPANY = 'acme';

function* served(rows: readonly Row[], view: (row: Row) => object): Iterable<object> {
  for (const row of rows) yield view(row);
}

/** A simulated ConnectWise PSA with a made-up MSP in it. */
export function createConnectWise(options: PsaOptions): SimulatedPsa {
  const { size, seed, now, dataFile, company = DEFAULT_COMPANY } = options;
  const firstSettings = settingsSchema.parse(options.settings ?? {});
  const context = new Context(firstSettings, now);
  const credentials = createCredentials(company, seed);
  const callbacks = new Callbacks(context, createSigningKey(seed), company);
  const api = createApi(context, credentials, callbacks);
  const { store } = context;
  seedStore(store, size, seed);
  const kept = dataFile === undefined ? undefined : new DataFile(dataFile, size, seed);
  kept?.attach(store);
  const { journal } = context;
  store.listen((change) => journal.add(recordChange(change)));

  return {
    credentials: { ...credentials },
    apiPath: '/v4_6_release/apis/3.0',
    answer: api,
    rulePath: (path) => {
      const address = parseAddress(path);
      return address.to === 'api' ? `/${address.parts.join('/')}` : path;
    },
    failure,
    counts: () => Object.fromEntries(COLLECTION_NAMES.map((name) => [name, store.collection(name).size])),
    rows: (name) => {
      if (!isCollectionName(name)) return undefined;
      const view = context.view(name);
      return served(store.collection(name).all(), (row) => view.row(row));
    },
    putRows: (name, rows) => putRows(context, name, rows),
    deleteRows: (name, ids) => deleteRows(context, name, ids),
    mutate: (mutation) => mutate(context, mutation),
    reset: () => {
      store.clear();
      context.change(firstSettings);
      callbacks.clear();
      store.quietly(() => seedStore(store, size, seed));
      kept?.clear();
      journal.clear();
    },
    settings: (changes = {}) => {
      context.change(changes);
      return { ...context.settings };
    },
    journal: (filter) => journal.read(filter),
    clearJournal: () => journal.clear(),
    deliveries: () => callbacks.deliveries(),
    close: () => callbacks.close(),
  };
}
