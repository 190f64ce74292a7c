import { once } from 'node:events';
import type { CliContext } from '../context.ts';
import { databaseUrl, keyRing } from '../services.ts';
import { openLines } from '../../worker/log.ts';
import { hostPushes } from './host-pushes.ts';
import { openApi } from './open-api.ts';

/** Answers the HTTP API until the signal aborts; what is under way then is answered, and pushes in hand are ended. */
export async function serveApi({ settings, signal, output }: CliContext): Promise<void> {
  const log = openLines({ level: settings.logLevel });
  databaseUrl(settings);
  if (settings.apiPushes) keyRing(settings); // its worker would come again and again without
  const host = settings.apiPushes ? hostPushes(settings, log) : null;
  try {
    const api = await openApi(settings, { log, hosted: () => host?.startPush ?? null });
    output.say(`The HTTP API is ready on ${api.url}.`);
    if (!signal.aborted) await once(signal, 'abort');
    await api.stop();
  } finally {
    await host?.stop();
  }
}
