// Runs a stack as `npm start` does: <data folder> <cache folder>. Says "ready" on stdout, ends on SIGTERM.
import { catchInterrupt } from '../../../../cli/dev/interrupt.ts';
import { terminalReport } from '../../../../cli/dev/report.ts';
import { startStack } from '../../../../cli/dev/stack.ts';
import { TEST_PORTS } from './test-ports.ts';

const [dataDir = '', cacheDir = ''] = process.argv.slice(2);
const interrupt = catchInterrupt();
const stack = await startStack({
  dataDir,
  cacheDir,
  temporalCli: process.env['TEMPORAL_CLI'],
  preferredPorts: TEST_PORTS,
  report: terminalReport(process.stderr),
});
process.stdout.write('ready\n');
const stayAwake = setInterval(() => undefined, 60_000);
await interrupt.arrived;
clearInterval(stayAwake);
await stack.stop();
interrupt.dispose();
