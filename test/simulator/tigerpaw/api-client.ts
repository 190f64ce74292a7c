import { createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../../simulator/start.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What a test does otherwise than a good client. */
export interface Signing {
  readonly publicKey?: string;
  readonly privateKey?: string;
  /** As it is signed and sent. */
  readonly date?: string;
  /** The header that carries the date. */
  readonly header?: string;
  /** What is signed though something else is sent. */
  readonly signed?: { readonly method?: string; readonly path?: string; readonly date?: string };
}

/** The headers of a signed request, written from the vendor's description. */
function signed(
  { credentials }: RunningSimulator,
  method: string,
  path: string,
  signing: Signing = {},
): Record<string, string> {
  const { date = new Date().toUTCString(), header = 'X-TSI-Date' } = signing;
  const publicKey = signing.publicKey ?? String(credentials['publicKey']);
  const privateKey = signing.privateKey ?? String(credentials['privateKey']);
  const { signed: said = {} } = signing;
  const [where] = (said.path ?? path).split('?');
  const text = `${said.method ?? method}|/api${where}|${said.date ?? date}`.toLowerCase();
  const signature = createHmac('sha256', privateKey).update(text).digest('base64');
  const token = Buffer.from(`${publicKey}:${signature}`).toString('base64');
  return { authorization: `TSI ${token}`, [header]: date, 'content-type': 'application/json' };
}

/** Sends one signed request; `path` stands below `/api`. */
export async function call(
  simulator: RunningSimulator,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  signing?: Signing,
): Promise<{ status: number; json: unknown; row: Json; date: string | null }> {
  const response = await fetch(simulator.apiUrl + path, {
    method,
    headers: signed(simulator, method, path, signing),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const json: unknown = await response.json();
  return { status: response.status, json, row: (json ?? {}) as Json, date: response.headers.get('date') };
}

/** Starts a simulator for one test and stops it after. */
export async function startForTest(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const simulator = await startSimulator('tigerpaw', { size: 300, seed: 7, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

export const allAccounts = (more: Json = {}) => ({
  Criteria: [{ SearchType: 'AccountNumber', MatchType: 'GreaterThan', Criteria: '0' }],
  ...more,
});
