// A worker as `psa-sync serve worker` runs it, with a stopwatch; a process of its own, asked through `children.ts`.
import { openDatabase } from '../db/database.ts';
import { adapterFor } from '../psa/registry.ts';
import { loadSettings } from '../settings/load-settings.ts';
import { openLog } from '../worker/log.ts';
import { openWorker, type RunningWorker } from '../worker/open-worker.ts';
import { answerParent } from './children.ts';
import { Stopwatch, type Times } from './stopwatch.ts';
import { timedDatabase, timeRequests } from './timed.ts';
import type { WorkerQuestion } from './worker.ts';

const stopwatch = new Stopwatch();
timeRequests(stopwatch);
let worker: RunningWorker | undefined;

answerParent<WorkerQuestion>(async (question): Promise<Times | undefined> => {
  if (question.do === 'times') return stopwatch.take();
  // An adapter says as data what it has. One that has fewer kinds gives a sync in which only those count.
  if (question.kinds) Object.assign(adapterFor(question.provider).capabilities, { kinds: question.kinds });
  const settings = loadSettings(process.env);
  worker = await openWorker(settings, openLog({ level: settings.logLevel }), (options) =>
    timedDatabase(openDatabase(options), stopwatch),
  );
  return undefined;
});

process.once('SIGTERM', () => void (worker?.stop() ?? Promise.resolve()).finally(() => process.exit(0)));
