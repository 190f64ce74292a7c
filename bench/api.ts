import type { Environment } from '../settings/environment.ts';
import { startChild } from './children.ts';

export interface ApiQuestion {
  readonly do: 'start';
  readonly environment: Environment;
}

/** The HTTP API in a process of its own. */
export interface BenchApi {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;

export async function startApi(environment: Environment, signal: AbortSignal): Promise<BenchApi> {
  const child = startChild('./api-process.ts', signal);
  try {
    const question: ApiQuestion = { do: 'start', environment };
    const { url } = await child.ask<{ url: string }>(question, START_TIMEOUT_MS);
    return { pid: child.pid, url, stop: () => child.stop() };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
