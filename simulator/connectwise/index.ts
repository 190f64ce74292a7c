import type { PsaOptions, SimulatedPsa } from '../psa.ts';
import { createCredentials } from './access.ts';
import { parseAddress } from './address.ts';
import { createApi } from './api.ts';
import { Context } from './context.ts';
import { failure } from './errors.ts';
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
  const { size, seed, now, company = DEFAULT_COMPANY } = options;
  const firstSettings = settingsSchema.parse(options.settings ?? {});
  const context = new Context(firstSettings, now);
  const credentials = createCredentials(company, seed);
  const api = createApi(context, credentials);
  seedStore(context.store, size, seed);

  return {
    credentials: { ...credentials },
    apiPath: '/v4_6_release/apis/3.0',
    answer: api,
    rulePath: (path) => {
      const address = parseAddress(path);
      return address.to === 'api' ? `/${address.parts.join('/')}` : path;
    },
    failure,
    counts: () => Object.fromEntries(COLLECTION_NAMES.map((name) => [name, context.store.collection(name).size])),
    rows: (name) => {
      if (!isCollectionName(name)) return undefined;
      const view = context.view(name);
      return served(context.store.collection(name).all(), (row) => view.row(row));
    },
    putRows: () => [],
    deleteRows: () => 0,
    mutate: () => ({ inserted: {}, changed: {}, deleted: {}, merged: [] }),
    reset: () => {
      context.store.clear();
      context.change(firstSettings);
      seedStore(context.store, size, seed);
    },
    settings: (changes = {}) => {
      context.change(changes);
      return { ...context.settings };
    },
    deliveries: () => [],
    close: () => Promise.resolve(),
  };
}
