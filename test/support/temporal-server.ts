import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cacheDirectory } from '../../cli/dev/cache-directory.ts';
import { findTemporal } from '../../cli/dev/temporal-binary.ts';
import { atEnd } from './at-end.ts';
import { freePort } from './free-port.ts';

export interface OwnTemporal {
  readonly address: string;
  /** Takes its data away: a new server, on the same address, that knows nothing of what was. */
  wipe(): Promise<void>;
}

/** A Temporal server of this test file's own with other limits than production's; it keeps nothing. */
export async function temporalServer(limits: Readonly<Record<string, number>> = {}): Promise<OwnTemporal> {
  const report = { line: () => undefined, progress: () => undefined };
  const cacheDir = cacheDirectory(process.env['XDG_CACHE_HOME']);
  const { path } = await findTemporal({ cacheDir, report, temporalCli: process.env['TEMPORAL_CLI'] });
  const port = await freePort();
  const start = () =>
    spawn(
      path,
      [
        ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
        ...Object.entries(limits).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
      ],
      { stdio: 'ignore' },
    );
  let child = start();
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  atEnd(() => end('SIGINT'));
  return {
    address: `127.0.0.1:${port}`,
    async wipe() {
      await end('SIGKILL');
      child = start();
    },
  };
}
