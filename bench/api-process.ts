// The HTTP API as `psa-sync serve api` runs it, its push worker included; a process of its own, asked through `children.ts`.
import { setTimeout as sleep } from 'node:timers/promises';
import { hostPushes } from '../cli/api/host-pushes.ts';
import { openApi } from '../cli/api/open-api.ts';
import { loadSettings } from '../settings/load-settings.ts';
import { openLines } from '../worker/log.ts';
import type { ApiQuestion } from './api.ts';
import { answerParent } from './children.ts';

/** Whoever asks gives up by itself. */
const POLL_MS = 50;

let stop = async (): Promise<void> => undefined;

answerParent<ApiQuestion>(
  async ({ environment }) => {
    const settings = { ...loadSettings(environment), apiPort: 0 }; // any that is free
    const log = openLines({ level: settings.logLevel });
    const host = hostPushes(settings, log);
    const api = await openApi(settings, { log, hosted: () => host.startPush });
    stop = async () => {
      await api.stop();
      await host.stop();
    };
    // It takes edits at once, and puts its push worker together meanwhile, which takes a core for a second or two. What is
    // measured is an API that is up; a PSA whose first sync is short would be measured beside one that starts.
    while (!host.startPush) await sleep(POLL_MS);
    return { url: api.url };
  },
  () => stop(),
);
