import { onTestFinished } from 'vitest';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../../simulator/start.ts';

export type Json = Record<string, unknown>;

/** An answer with what tests look at; `result` and `error` are those of its envelope. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
  readonly rows: Json[];
  readonly row: Json;
  readonly error: Json | null;
}

export interface ApiClient {
  readonly simulator: RunningSimulator;
  get(path: string): Promise<Answer>;
  send(method: string, path: string, body?: unknown): Promise<Answer>;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json: unknown = /^[[{]/.test(text) ? JSON.parse(text) : undefined;
  const { result = null, error = null } = (json ?? {}) as { result?: unknown; error?: Json | null };
  const rows = Array.isArray(result) ? (result as Json[]) : [];
  return { status: response.status, text, json, rows, row: (result ?? {}) as Json, error };
}

/** Sends a form to the API, as a login does. */
export async function sendForm(simulator: RunningSimulator, path: string, fields: Readonly<Record<string, string>>) {
  return answerOf(await fetch(simulator.apiUrl + path, { method: 'POST', body: new URLSearchParams(fields) }));
}

export function loginForm({ credentials }: RunningSimulator): Record<string, string> {
  const { company = '', ...user } = credentials as Record<string, string>;
  return { GrantType: 'password', tenant: company, ...user };
}

/** A client of a simulator, logged in. */
export async function logIn(simulator: RunningSimulator): Promise<ApiClient> {
  const { row } = await sendForm(simulator, '/security/authenticate', loginForm(simulator));
  const authorization = `Bearer ${String(row['accessToken'])}`;
  const send: ApiClient['send'] = async (method, path, body) =>
    answerOf(
      await fetch(simulator.apiUrl + path, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  return { simulator, send, get: (path) => send('GET', path) };
}

/** Starts a simulator for one test and stops it after. */
export async function startForTest(options: SimulatorOptions = {}): Promise<ApiClient> {
  const simulator = await startSimulator('kaseya-bms', { size: 300, seed: 7, ...options });
  onTestFinished(() => simulator.close());
  return logIn(simulator);
}

/** A row of a list by what it has. */
export async function firstRow(client: ApiClient, path: string): Promise<Json> {
  const [row] = (await client.get(path)).rows;
  if (!row) throw new Error(`${path} has no rows`);
  return row;
}
