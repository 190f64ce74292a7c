import { Changeable } from '../changeable.ts';
import type { PsaOptions, SimulatedPsa } from '../psa.ts';
import { createStoredPsa } from '../store/stored-psa.ts';
import { createCredentials } from './access.ts';
import { release } from './release.ts';
import { createApi, parseAddress } from './api.ts';
import { Context } from './context.ts';
import { failure } from './errors.ts';
import { Limits } from './limits.ts';
import { mutate } from './mutate.ts';
import { seedStore } from './seed/seed.ts';
import { settingsSchema } from './settings.ts';
import { viewOf } from './view.ts';
import { Webhooks } from './webhooks/webhooks.ts';
import { STAMPS } from './write/rules.ts';

const DEFAULT_COMPANY = 'acme';

/** A simulated Autotask with a made-up MSP in it. */
export function createAutotask(options: PsaOptions): SimulatedPsa {
  const { size, seed, now, dataFile, company = DEFAULT_COMPANY } = options;
  const settings = new Changeable(settingsSchema, options.settings);
  const context = new Context(settings, now);
  const credentials = createCredentials(company, seed);
  const limits = new Limits(() => performance.now());
  const { answer, admit } = createApi(context, credentials, limits);
  const { resetRows, ...stored } = createStoredPsa(context.store, {
    psa: 'autotask',
    size,
    seed,
    journal: context.journal,
    seedRows: () => seedStore(context, size, seed),
    dataFile,
    form: { bookkeeping: STAMPS },
    serve: (name, row) => viewOf(name, row, context.settings),
    removed: (name, row) => release(context, name, row.id),
  });

  const webhooks = new Webhooks(context);

  return {
    ...stored,
    credentials: { ...credentials },
    apiPath: '/ATServicesRest/V1.0',
    admit,
    answer,
    rulePath: (path) => {
      const address = parseAddress(path);
      return address?.version === 'v1.0' ? `/${address.below}` : path;
    },
    failure,
    mutate: (mutation) => mutate(context, mutation),
    reset: () => {
      settings.reset();
      limits.clear();
      webhooks.clear();
      resetRows();
    },
    settings: (changes) => settings.change(changes),
    deliveries: () => webhooks.deliveries(),
    close: () => webhooks.close(),
  };
}
