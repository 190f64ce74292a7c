// A worker as production runs it, with a stopwatch; a process of its own, asked through `children.ts`.
import { openDatabase } from '../db/database.ts';
import { adapterFor } from '../psa/registry.ts';
import { loadSettings } from '../settings/load-settings.ts';
import { openLog } from '../worker/log.ts';
import { openWorker } from '../worker/open-worker.ts';
import type { RunningWorker } from '../worker/start-worker.ts';
import { answerParent } from './children.ts';
import { Stopwatch } from './stopwatch.ts';
import { PROVIDER } from './psas/measured.ts';
import { timedDatabase } from './timed-database.ts';
import { timeRequests } from './timed-requests.ts';
import type { WorkerQuestion } from './worker.ts';

const stopwatch = new Stopwatch();
timeRequests(stopwatch);
let worker: RunningWorker | undefined;

answerParent<WorkerQuestion>(
  async (question) => {
    if (question.do === 'times') return stopwatch.take();
    const { environment, kinds } = question;
    // An adapter says as data what its PSA has: with fewer kinds, a sync is one of those alone.
    if (kinds) Object.assign(adapterFor(PROVIDER).capabilities, { kinds });
    const settings = loadSettings(environment);
    worker = await openWorker(settings, openLog({ level: settings.logLevel }), (options) =>
      timedDatabase(openDatabase(options), stopwatch),
    );
    return undefined;
  },
  async () => worker?.stop(),
);
