import { releaseReferences } from './write/release-references.ts';
import { Changeable } from '../changeable.ts';
import type { PsaOptions, SimulatedPsa } from '../psa.ts';
import { RateLimit } from '../rate-limit.ts';
import { createStoredPsa } from '../store/stored-psa.ts';
import { createCredentials, createSigningKey } from './access.ts';
import { parseAddress } from './address.ts';
import { adminMarks } from './admin-marks.ts';
import { createApi } from './api.ts';
import { Callbacks } from './callbacks/callbacks.ts';
import { Context } from './context.ts';
import { failure } from './errors.ts';
import { mutate } from './mutate.ts';
import { seedStore } from './seed/seed.ts';
import { settingsSchema } from './settings.ts';
import { compactRow, rowSchema, STORED_FORM } from './store/stored-form.ts';

const DEFAULT_COMPANY = 'acme';

/** A simulated ConnectWise PSA with a made-up MSP in it. */
export function createConnectWise(options: PsaOptions): SimulatedPsa {
  const { size, seed, now, dataFile, company = DEFAULT_COMPANY } = options;
  const settings = new Changeable(settingsSchema, options.settings);
  const context = new Context(settings, now);
  const credentials = createCredentials(company, seed);
  const callbacks = new Callbacks(context, createSigningKey(seed), company);
  const rateLimit = new RateLimit();
  const api = createApi(context, credentials, callbacks, rateLimit);
  const { store, journal } = context;
  const { resetRows, ...stored } = createStoredPsa(store, {
    psa: 'connectwise',
    size,
    seed,
    journal,
    seedRows: () => seedStore(store, size, seed),
    dataFile,
    row: rowSchema,
    compact: compactRow,
    form: STORED_FORM,
    serve: (name, row) => context.view(name).row(row),
    marks: (name, raw, known) => adminMarks(context, name, raw, known),
    removed: (name, row) => releaseReferences(store, name, row.id),
  });

  return {
    ...stored,
    credentials: { ...credentials },
    apiPath: '/v4_6_release/apis/3.0',
    answer: api,
    rulePath: (path) => {
      const address = parseAddress(path);
      return address.to === 'api' ? `/${address.parts.join('/')}` : path;
    },
    failure,
    mutate: (mutation) => mutate(context, mutation),
    reset: () => {
      settings.reset();
      context.settingsChanged();
      callbacks.clear();
      rateLimit.clear();
      resetRows();
    },
    settings: (changes) => {
      const changed = settings.change(changes);
      context.settingsChanged();
      return changed;
    },
    deliveries: () => callbacks.deliveries(),
    close: () => callbacks.close(),
  };
}
