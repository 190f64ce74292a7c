import { Changeable } from '../changeable.ts';
import type { PsaOptions, SimulatedPsa } from '../psa.ts';
import { RateLimit } from '../rate-limit.ts';
import { createStoredPsa } from '../store/stored-psa.ts';
import { createCredentials, Sessions } from './access.ts';
import { API_PATH, belowApi, createApi } from './api.ts';
import { Context } from './context.ts';
import { failure } from './envelope.ts';
import { mutate } from './mutate.ts';
import { PRODUCTS, type Product } from './products.ts';
import { release } from './release.ts';
import { seedTables } from './seed.ts';
import { settingsSchema } from './settings.ts';
import { STORED_FORM } from './stored-form.ts';
import { view } from './views.ts';

/** A simulated Kaseya BMS, or one of the products that share its API, with a made-up MSP in it. */
function createFor(product: Product, options: PsaOptions): SimulatedPsa {
  const { size, seed, now, dataFile, company = product.tenant } = options;
  const settings = new Changeable(settingsSchema, options.settings);
  const context = new Context(product, settings, now);
  const credentials = createCredentials(company, seed);
  const sessions = new Sessions(credentials, now);
  const limit = new RateLimit();
  const { tables, journal } = context;
  const { resetRows, ...stored } = createStoredPsa(tables, {
    psa: product.name,
    size,
    seed,
    journal,
    seedRows: () => seedTables(tables, size, seed),
    dataFile,
    form: STORED_FORM,
    serve: (name, row) => view(tables, name, row),
    marks: () => context.stamp(1),
    removed: (name, row) => release(tables, name, row),
  });

  return {
    ...stored,
    credentials: { ...credentials },
    apiPath: API_PATH,
    answer: createApi(context, sessions, limit),
    rulePath: (path) => belowApi(path) ?? path,
    failure,
    mutate: (mutation) => mutate(context, mutation),
    reset: () => {
      settings.reset();
      sessions.clear();
      limit.clear();
      resetRows();
    },
    settings: (changes) => settings.change(changes),
    deliveries: () => [],
    close: () => Promise.resolve(),
  };
}

export const createKaseyaBms = (options: PsaOptions): SimulatedPsa => createFor(PRODUCTS.kaseyaBms, options);
export const createVorex = (options: PsaOptions): SimulatedPsa => createFor(PRODUCTS.vorex, options);
export const createPulseway = (options: PsaOptions): SimulatedPsa => createFor(PRODUCTS.pulseway, options);
