import { PassThrough } from 'node:stream';
import { run } from '../../cli/run.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TypedCommand {
  readonly stdin?: string;
  readonly environment?: Record<string, string>;
}

/** Runs a command line as a script would, without a terminal, and answers what it printed. */
export async function typed(line: string, { stdin = '', environment = {} }: TypedCommand = {}): Promise<Ran> {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  streams.stdin.end(stdin);
  const argv = line.split(' ').filter(Boolean);
  const code = await run(argv, { terminal: streams, environment, signal: new AbortController().signal });
  return { code, stdout: text(streams.stdout), stderr: text(streams.stderr) };
}

export function text(stream: PassThrough): string {
  return String(stream.read() ?? '');
}
