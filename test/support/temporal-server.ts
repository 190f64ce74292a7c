import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cacheDirectory } from '../../cli/dev/cache-directory.ts';
import { findTemporal } from '../../cli/dev/temporal-binary.ts';
import { atEnd } from './at-end.ts';
import { freePort } from './free-port.ts';

/** A Temporal server of this test file's own with other limits than production's; it keeps nothing. */
export async function temporalServer(limits: Readonly<Record<string, number>>): Promise<{ readonly address: string }> {
  const report = { line: () => undefined, progress: () => undefined };
  const cacheDir = cacheDirectory(process.env['XDG_CACHE_HOME']);
  const { path } = await findTemporal({ cacheDir, report, temporalCli: process.env['TEMPORAL_CLI'] });
  const port = await freePort();
  const child = spawn(
    path,
    [
      ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
      ...Object.entries(limits).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
    ],
    { stdio: 'ignore' },
  );
  atEnd(async () => {
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
  });
  return { address: `127.0.0.1:${port}` };
}
