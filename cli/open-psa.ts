import type { PsaAdapter, PsaConnection } from '../psa/contract.ts';
import { createPsaHttp } from '../psa/http.ts';
import type { Settings } from '../settings/settings.ts';

/** Opens the door to a PSA for a handful of requests that a person asked for, and closes it. */
export async function withPsa<T>(
  { allowPrivateAddresses }: Pick<Settings, 'allowPrivateAddresses'>,
  adapter: PsaAdapter,
  connection: Readonly<Record<string, string>>,
  work: (psa: PsaConnection) => Promise<T>,
  pull: Readonly<Record<string, string>> = {},
): Promise<T> {
  const http = createPsaHttp({ origins: adapter.origins(connection), allowPrivateAddresses });
  try {
    return await work(adapter.connect({ connection, http, settings: pull }));
  } finally {
    await http.close();
  }
}
