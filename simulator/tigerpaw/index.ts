import { Changeable } from '../changeable.ts';
import { Journal } from '../journal.ts';
import type { PsaOptions, SimulatedPsa } from '../psa.ts';
import { RateLimit } from '../rate-limit.ts';
import { createStoredPsa } from '../store/stored-psa.ts';
import { createCredentials } from './access.ts';
import { failure } from './answers.ts';
import { API_PATH, belowApi, createApi } from './api.ts';
import { mutate } from './mutate.ts';
import { release } from './release.ts';
import { seedTables } from './seed.ts';
import { settingsSchema } from './settings.ts';
import { createTables } from './tables.ts';
import { view } from './views.ts';

/** A simulated Tigerpaw with a made-up MSP in it. */
export function createTigerpaw(options: PsaOptions): SimulatedPsa {
  const { size, seed, now, dataFile } = options;
  const settings = new Changeable(settingsSchema, options.settings);
  const limit = new RateLimit();
  const credentials = createCredentials(seed);
  const tables = createTables();
  const journal = new Journal();
  const { resetRows, ...stored } = createStoredPsa(tables, {
    psa: 'tigerpaw',
    size,
    seed,
    journal,
    seedRows: () => seedTables(tables, size, seed),
    dataFile,
    serve: (name, row) => view(tables, name, row),
    removed: (name, row) => release(tables, name, row),
  });

  return {
    ...stored,
    credentials: { ...credentials },
    apiPath: API_PATH,
    answer: createApi({ tables, journal, credentials, now, settings: () => settings.now, limit }),
    rulePath: (path) => belowApi(path) ?? path,
    failure,
    mutate: (mutation) => mutate(tables, mutation),
    reset: () => {
      settings.reset();
      limit.clear();
      resetRows();
    },
    settings: (changes) => settings.change(changes),
    deliveries: () => [],
    close: () => Promise.resolve(),
  };
}
