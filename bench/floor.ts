import { startChild } from './children.ts';
import type { Home } from './floor/copy-page.ts';
import type { Requests } from './psas/measured.ts';

export interface FloorRun {
  readonly apiUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requests: Requests;
  /** Requests under way at once, over all streams. */
  readonly requestsInFlight: number;
  /** Where to COPY to; null: fetch and parse alone. */
  readonly copyTo: ({ readonly databaseUrl: string } & Home) | null;
}

export type FloorQuestion = { readonly do: 'ready' } | ({ readonly do: 'run' } & FloorRun);

/** The floor in a process of its own. */
export interface Floor {
  readonly pid: number;
  /** Wall seconds from the first request to the last row. */
  run(run: FloorRun): Promise<number>;
  stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;
const RUN_TIMEOUT_MS = 1_200_000;

export async function startFloor(signal: AbortSignal): Promise<Floor> {
  const child = startChild('./floor-process.ts', signal);
  try {
    await child.ask({ do: 'ready' } satisfies FloorQuestion, READY_TIMEOUT_MS);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return {
    pid: child.pid,
    run: (run) => child.ask({ do: 'run', ...run } satisfies FloorQuestion, RUN_TIMEOUT_MS),
    stop: () => child.stop(),
  };
}
