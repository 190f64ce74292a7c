import { once } from 'node:events';
import { CliError } from './cli-error.ts';

/** Fails when the person stops waiting; `goesOn` says what becomes of the work, and `wayOut` where to look. */
export async function interrupted(signal: AbortSignal, goesOn: string, wayOut?: string): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new CliError('interrupted', `Stopped waiting; ${goesOn}.`, wayOut);
}
