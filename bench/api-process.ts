// The HTTP API as `psa-sync serve api` runs it, its push worker included; a process of its own, asked through `children.ts`.
import { hostPushes } from '../cli/api/host-pushes.ts';
import { openApi } from '../cli/api/open-api.ts';
import { loadSettings } from '../settings/load-settings.ts';
import { openLines } from '../worker/log.ts';
import type { ApiQuestion } from './api.ts';
import { answerParent } from './children.ts';

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
    return { url: api.url };
  },
  () => stop(),
);
