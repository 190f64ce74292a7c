import { CommanderError } from 'commander';
import { quotesParameters } from '../db/query-error.ts';
import type { Environment } from '../settings/environment.ts';
import { secretValues } from '../settings/environment.ts';
import { painter } from './context.ts';
import { describeError } from './describe-error.ts';
import { EXIT_CODES, type Exit } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { redact } from './redact.ts';
import type { Terminal } from './terminal.ts';

export interface RunOptions {
  readonly terminal: Terminal;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

/** Runs one command line to its end and answers the exit code. Never rejects: an error becomes words on stderr. */
export async function run(argv: readonly string[], { terminal, environment, signal }: RunOptions): Promise<number> {
  let exit: Exit = 'done';
  const program = createProgram({ terminal, environment, signal, argv, endWith: (other) => (exit = other) });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // Commander has printed its help or its complaint by now.
    if (error instanceof CommanderError) exit = error.exitCode === 0 ? 'done' : 'usage';
    else exit = report(error, { terminal, environment }, argv.includes('--verbose'));
  }
  return EXIT_CODES[exit].code;
}

function report(error: unknown, { terminal, environment }: Omit<RunOptions, 'signal'>, verbose: boolean): Exit {
  const paint = painter(terminal.stderr, environment);
  const { exit, message, wayOut } = describeError(error);
  const lines = [
    `${paint('red', 'error:')} ${message}`,
    ...(wayOut === undefined ? [] : [wayOut]),
    ...(verbose ? stacks(error) : []),
  ];
  terminal.stderr.write(`${redact(lines.join('\n'), secretValues(environment))}\n`);
  return exit;
}

function stacks(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = quotesParameters(error) ? [] : [error.stack ?? error.message];
  return [...own, ...stacks(error.cause)];
}
