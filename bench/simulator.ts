import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stopChild } from './children.ts';

const PROGRAM = fileURLToPath(new URL('../tools/psa-sync.mjs', import.meta.url));
const READY_TIMEOUT_MS = 180_000;

/** A request as the simulator's log shows it. */
export interface LoggedRequest {
  readonly method: string;
  /** Below the API's root. */
  readonly path: string;
  readonly query: string;
  readonly status?: number;
}

export interface SimulatorFacts {
  readonly url: string;
  readonly apiUrl: string;
  readonly company: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly clientId: string;
}

/** A simulated ConnectWise in a process of its own. */
export interface BenchSimulator {
  readonly pid: number;
  readonly facts: SimulatorFacts;
  setLatency(ms: number): Promise<void>;
  /** Changes so many records at random. */
  change(count: number): Promise<void>;
  /** Back to the data it started with; the latency too. */
  reset(): Promise<void>;
  /** The requests since the last call. */
  takeRequests(): Promise<readonly LoggedRequest[]>;
  stop(): Promise<void>;
}

export async function startSimulator(size: number): Promise<BenchSimulator> {
  const child = spawn(process.execPath, [PROGRAM, 'simulator', 'connectwise', '--json', '--size', String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const signal = AbortSignal.timeout(READY_TIMEOUT_MS);
  const died = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('the simulator did not start')));
  died.catch(() => undefined);
  const [line] = (await Promise.race([once(lines, 'line', { signal }), died])) as [string];
  const facts = JSON.parse(line) as SimulatorFacts;
  const admin = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${facts.url}/__simulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`simulator: ${method} ${path} was answered with ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    pid: child.pid ?? 0,
    facts,
    async setLatency(latencyMs) {
      await admin('POST', 'settings', { latencyMs });
    },
    async change(count) {
      await admin('POST', 'mutate', { seed: 1, change: count });
    },
    async reset() {
      await admin('POST', 'reset');
    },
    async takeRequests() {
      const { total, requests } = await admin<{ total: number; requests: LoggedRequest[] }>('GET', 'requests');
      if (requests.length < total) throw new Error(`the simulator forgot ${total - requests.length} of ${total} requests`);
      await admin('DELETE', 'requests');
      return requests;
    },
    stop: () => stopChild(child),
  };
}
