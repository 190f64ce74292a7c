import type { PsaOptions, SimulatedPsa } from '../psa.ts';
import { createStoredPsa } from '../store/stored-psa.ts';
import { createCredentials, Sessions } from './access.ts';
import { API_PATH, belowApi, createApi } from './api.ts';
import { Context } from './context.ts';
import { failure } from './envelope.ts';
import { mutate } from './mutate.ts';
import { PRODUCTS, type Product } from './products.ts';
import { seedTables } from './seed.ts';
import { settingsSchema } from './settings.ts';
import { view } from './views.ts';

/** A simulated Kaseya BMS, or one of the products that share its API, with a made-up MSP in it. */
function createFor(product: Product, options: PsaOptions): SimulatedPsa {
  const { size, seed, now, dataFile, company = product.tenant } = options;
  const firstSettings = settingsSchema.parse(options.settings ?? {});
  const context = new Context(product, firstSettings, now);
  const credentials = createCredentials(company, seed);
  const sessions = new Sessions(credentials, now);
  const { tables, journal } = context;
  const { resetRows, ...stored } = createStoredPsa(tables, {
    psa: product.name,
    size,
    seed,
    journal,
    seedRows: () => seedTables(tables, size, seed),
    dataFile,
    form: { bookkeeping: ['createdBy', 'createdOn', 'modifiedBy', 'modifiedOn'] },
    serve: (name, row) => view(tables, name, row),
    marks: () => context.stamp(1),
  });

  return {
    ...stored,
    credentials: { ...credentials },
    apiPath: API_PATH,
    answer: createApi(context, sessions),
    rulePath: (path) => belowApi(path) ?? path,
    failure,
    mutate: (mutation) => mutate(context, mutation),
    reset: () => {
      context.change(firstSettings);
      sessions.clear();
      resetRows();
    },
    settings: (changes = {}) => {
      context.change(changes);
      return { ...context.settings };
    },
    deliveries: () => [],
    close: () => Promise.resolve(),
  };
}

export const createKaseyaBms = (options: PsaOptions): SimulatedPsa => createFor(PRODUCTS.kaseyaBms, options);
export const createVorex = (options: PsaOptions): SimulatedPsa => createFor(PRODUCTS.vorex, options);
export const createPulseway = (options: PsaOptions): SimulatedPsa => createFor(PRODUCTS.pulseway, options);
