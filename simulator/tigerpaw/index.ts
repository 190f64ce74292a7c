import { Journal } from '../journal.ts';
import type { PsaOptions, SimulatedPsa } from '../psa.ts';
import { createStoredPsa } from '../store/stored-psa.ts';
import { createCredentials } from './access.ts';
import { failure } from './answers.ts';
import { API_PATH, belowApi, createApi } from './api.ts';
import { mutate, removeRow } from './mutate.ts';
import { seedTables } from './seed.ts';
import { settingsSchema } from './settings.ts';
import { createTables } from './tables.ts';
import { view } from './views.ts';

/** A simulated Tigerpaw with a made-up MSP in it. */
export function createTigerpaw(options: PsaOptions): SimulatedPsa {
  const { size, seed, now, dataFile } = options;
  const firstSettings = settingsSchema.parse(options.settings ?? {});
  let settings = firstSettings;
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
  });

  function collection(name: string) {
    if (!tables.has(name)) throw new Error(`No collection "${name}". There are: ${tables.names.join(', ')}.`);
    return name;
  }

  return {
    ...stored,
    credentials: { ...credentials },
    apiPath: API_PATH,
    answer: createApi({ tables, journal, credentials, now, settings: () => settings }),
    rulePath: (path) => belowApi(path) ?? path,
    failure,
    putRows: (name, rows) =>
      rows.map((raw) => {
        const into = collection(name);
        const id = raw.id ?? tables.collection(into).nextId();
        tables.put(into, { ...tables.get(into, id), ...raw, id });
        return id;
      }),
    deleteRows: (name, ids) => {
      const from = collection(name);
      const rows = ids.flatMap((id) => tables.get(from, id) ?? []);
      for (const row of rows) removeRow(tables, from, row);
      return rows.length;
    },
    mutate: (mutation) => mutate(tables, mutation),
    reset: () => {
      settings = firstSettings;
      resetRows();
    },
    settings: (changes = {}) => {
      settings = settingsSchema.parse({ ...settings, ...changes });
      return { ...settings };
    },
    deliveries: () => [],
    close: () => Promise.resolve(),
  };
}
