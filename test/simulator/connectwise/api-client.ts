import { onTestFinished } from 'vitest';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../../simulator/start.ts';

export type Json = Record<string, unknown>;

/** An answer with what tests look at. `rows` and `row` are the body, taken as an array or object. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly rows: Json[];
  readonly row: Json;
}

export interface ApiClient {
  readonly simulator: RunningSimulator;
  get(path: string, query?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, body?: unknown): Promise<Answer>;
  /** PATCH with one operation for each field that is replaced. */
  replace(path: string, fields: Json): Promise<Answer>;
}

export function authorization({ credentials: { company, publicKey, privateKey } }: RunningSimulator): string {
  return `Basic ${Buffer.from(`${company}+${publicKey}:${privateKey}`).toString('base64')}`;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body: unknown = /^[[{]/.test(text) ? JSON.parse(text) : undefined;
  const rows = Array.isArray(body) ? (body as Json[]) : [];
  return { status: response.status, headers: response.headers, text, rows, row: (body ?? {}) as Json };
}

/** Starts a simulator for one test and stops it after. */
export async function startForTest(options: SimulatorOptions = {}): Promise<ApiClient> {
  const simulator = await startSimulator('connectwise', { size: 300, seed: 7, ...options });
  onTestFinished(() => simulator.close());
  const headers = {
    authorization: authorization(simulator),
    clientId: String(simulator.credentials['clientId']),
    accept: 'application/vnd.connectwise.com+json; version=2025.1',
  };
  const call = async (path: string, init: RequestInit): Promise<Answer> =>
    answerOf(await fetch(simulator.apiUrl + path, init));
  const send: ApiClient['send'] = (method, path, body) =>
    call(path, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    simulator,
    get: (path, query = {}, more = {}) => {
      const search = new URLSearchParams(query).toString();
      return call(search ? `${path}?${search}` : path, { headers: { ...headers, ...more } });
    },
    send,
    replace: (path, fields) =>
      send(
        'PATCH',
        path,
        Object.entries(fields).map(([field, value]) => ({ op: 'replace', path: field, value })),
      ),
  };
}

export const ids = (rows: readonly Json[]): number[] => rows.map((row) => Number(row['id']));

/** The id of a company that is neither deleted nor one of the first two. */
export async function someCompany({ get }: ApiClient): Promise<number> {
  const conditions = 'deletedFlag=false and id>100 and yearEstablished != 0 or yearEstablished = null and id>100';
  const { rows } = await get('/company/companies', { conditions, orderBy: 'id asc', pageSize: '1' });
  return Number(rows[0]?.['id']);
}
