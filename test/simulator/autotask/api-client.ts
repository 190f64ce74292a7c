import { onTestFinished } from 'vitest';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../../simulator/start.ts';

export type Json = Record<string, unknown>;

/** An answer with what tests look at; the envelopes that it does not have are empty. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
  readonly items: Json[];
  readonly errors: string[];
}

export interface ApiClient {
  readonly simulator: RunningSimulator;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** One page of what the conditions select; all rows without any. */
  query(entity: string, ...filter: unknown[]): Promise<Answer>;
  /** The row with this id, as the API serves it. */
  row(entity: string, id: unknown): Promise<Json>;
}

function credentialHeaders({ credentials }: RunningSimulator): Record<string, string> {
  const { userName = '', secret = '', integrationCode = '' } = credentials;
  return { UserName: userName, Secret: secret, ApiIntegrationcode: integrationCode };
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Json;
  const items = (body['items'] ?? []) as Json[];
  return {
    status: response.status,
    headers: response.headers,
    text,
    body,
    items,
    errors: (body['errors'] ?? []) as string[],
  };
}

export const EVERYTHING = { op: 'gte', field: 'id', value: 0 };

export function clientOf(simulator: RunningSimulator): ApiClient {
  const send: ApiClient['send'] = async (method, path, body, headers = {}) => {
    const url = path.startsWith('http') ? path : simulator.apiUrl + path;
    const init = {
      method,
      headers: { ...credentialHeaders(simulator), 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    return answerOf(await fetch(url, init));
  };
  return {
    simulator,
    send,
    get: (path) => send('GET', path),
    query: (entity, ...filter) =>
      send('POST', `/${entity}/query`, { filter: filter.length === 0 ? [EVERYTHING] : filter }),
    row: async (entity, id) => (await send('GET', `/${entity}/${String(id)}`)).body['item'] as Json,
  };
}

/** Starts a simulator for one test and stops it after. */
export async function startForTest(options: SimulatorOptions = {}): Promise<ApiClient> {
  const simulator = await startSimulator('autotask', { size: 300, seed: 7, ...options });
  onTestFinished(() => simulator.close());
  return clientOf(simulator);
}

export const ids = (rows: readonly Json[]): number[] => rows.map((row) => Number(row['id']));
