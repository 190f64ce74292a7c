import { readEnvironment } from '../settings/environment.ts';
import { catchInterrupt } from './dev/interrupt.ts';
import { run } from './run.ts';

/** The command `psa-sync`: sets the exit code and lets the process end by itself, so that output is written to its end. */
export async function main(argv: string[]): Promise<void> {
  const { stdin, stdout, stderr } = process;
  const interrupt = catchInterrupt();
  stdout.on('error', ignoreClosedPipe);
  process.exitCode = await run(argv, {
    terminal: { stdin, stdout, stderr },
    environment: readEnvironment(),
    signal: interrupt.signal,
  });
  interrupt.dispose();
}

/** `psa-sync run list | head` closes the pipe as soon as it has seen enough. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
