import type { PsaName } from '../simulator/start.ts';
import { startChild } from './children.ts';

/** Of the simulated PSA. */
type PsaSettings = Readonly<Record<string, unknown>>;

export type SimulatorQuestion =
  | { readonly do: 'start'; readonly psa: PsaName; readonly size: number; readonly settings: PsaSettings }
  | { readonly do: 'latency'; readonly ms: number }
  | { readonly do: 'change'; readonly count: number }
  | { readonly do: 'reset' }
  | { readonly do: 'requests' }
  | { readonly do: 'least'; readonly subject: string }
  | { readonly do: 'watch pushes'; readonly subject: string }
  | { readonly do: 'pushes'; readonly subject: string }
  | { readonly do: 'titles'; readonly subject: string; readonly psaIds: readonly string[] };

/** A request as the simulator's log shows it; the path is below the API's root. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** When it came, in milliseconds since 1970. */
  readonly startedAtMs: number;
  /** As JSON where it is; only where bodies are kept. */
  readonly requestBody?: unknown;
}

/** A contact that was changed by a request. */
interface Push {
  readonly psaId: string;
  /** When it came, in milliseconds since 1970. */
  readonly startedAtMs: number;
}

/** What came since somebody looked last. */
export interface Pushes {
  /** Oldest first. */
  readonly pushes: readonly Push[];
  /** All requests, those that read as well. */
  readonly requests: number;
}

/** A simulated PSA in a process of its own. */
export interface BenchSimulator {
  readonly pid: number;
  readonly url: string;
  readonly apiUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
  setLatency(ms: number): Promise<void>;
  /** Changes so many records at random, the same ones each time. */
  change(count: number): Promise<void>;
  /** Back to the data that it started with, and to no latency. */
  reset(): Promise<void>;
  /** The requests since the last call, oldest first. */
  takeRequests(): Promise<readonly LoggedRequest[]>;
  /** The requests that reading everything takes at the very least, by the contract suite's count for that PSA. */
  leastRequests(subject: string): Promise<number>;
  /** Forgets what came so far and notes from now on what `takePushes` has to know. */
  watchPushes(subject: string): Promise<void>;
  /** Changes of contacts since the last call. */
  takePushes(subject: string): Promise<Pushes>;
  /** Titles of contacts, by PSA id, as the PSA holds them now. */
  contactTitles(subject: string, psaIds: readonly string[]): Promise<Readonly<Record<string, string | null>>>;
  stop(): Promise<void>;
}

const TIMEOUT_MS = 180_000; // seeding a million records takes a minute

export async function startSimulator(
  size: number,
  signal: AbortSignal,
  psa: PsaName,
  settings: PsaSettings = {},
): Promise<BenchSimulator> {
  const child = startChild('./simulator-process.ts', signal);
  const ask = <T>(question: SimulatorQuestion) => child.ask<T>(question, TIMEOUT_MS);
  try {
    const facts = await ask<Pick<BenchSimulator, 'url' | 'apiUrl' | 'credentials'>>({
      do: 'start',
      psa,
      size,
      settings,
    });
    return {
      ...facts,
      pid: child.pid,
      setLatency: (ms) => ask({ do: 'latency', ms }),
      change: (count) => ask({ do: 'change', count }),
      reset: () => ask({ do: 'reset' }),
      takeRequests: () => ask({ do: 'requests' }),
      leastRequests: (subject) => ask({ do: 'least', subject }),
      watchPushes: (subject) => ask({ do: 'watch pushes', subject }),
      takePushes: (subject) => ask({ do: 'pushes', subject }),
      contactTitles: (subject, psaIds) => ask({ do: 'titles', subject, psaIds }),
      stop: () => child.stop(),
    };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
