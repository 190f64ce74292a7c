import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { cacheDirectory } from '../../cli/dev/cache-directory.ts';
import { dataFolder } from '../../cli/dev/data-folder.ts';
import { DevError } from '../../cli/dev/dev-error.ts';
import { terminalReport } from '../../cli/dev/report.ts';
import { type Stack, startStack } from '../../cli/dev/stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the superuser: holds a password. */
    databaseUrl: string;
    temporalAddress: string;
    temporalNamespace: string;
  }
}

const DATA_DIR = fileURLToPath(new URL('../../.psa-sync', import.meta.url));
/** So many runs of the tests can go on at the same time, each with servers and data of its own. */
const MAX_RUNS = 8;

/** The servers that tests share: real ones, kept apart from those of `npm start`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startFreeStack();
  project.provide('databaseUrl', stack.databaseUrl);
  project.provide('temporalAddress', stack.temporal.address);
  project.provide('temporalNamespace', stack.temporal.namespace);
  const forget = endWithThisProcess(stack);
  return async () => {
    forget();
    await stack.stop();
  };
}

/** On Ctrl-C vitest ends at once, without its teardown: the servers are then told to end, and nobody waits for it. */
function endWithThisProcess(stack: Stack): () => void {
  const endServers = (): void => {
    for (const { pid } of stack.servers) {
      try {
        process.kill(pid, 'SIGINT');
      } catch {
        // it has ended already
      }
    }
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    endServers();
    process.kill(process.pid, signal); // this listener is gone now, so the signal has its usual effect
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, onSignal);
  return () => signals.forEach((signal) => process.off(signal, onSignal));
}

async function startFreeStack(run = 1): Promise<Stack> {
  try {
    return await startStack({
      dataDir: join(dataFolder(DATA_DIR).tests, String(run)),
      cacheDir: cacheDirectory(process.env['XDG_CACHE_HOME']),
      temporalCli: process.env['TEMPORAL_CLI'],
      report: terminalReport(process.stderr),
      preferredPorts: { postgres: 15_439 + 10 * run, temporal: 17_233 + 10 * run, temporalUi: 18_233 + 10 * run },
      disposable: true,
    });
  } catch (error) {
    if (run < MAX_RUNS && error instanceof DevError && error.kind === 'locked') return startFreeStack(run + 1);
    throw error;
  }
}
