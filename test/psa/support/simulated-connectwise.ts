import { onTestFinished } from 'vitest';
import type { Kind } from '../../../domain/kinds.ts';
import { comparePsaIds } from '../../../domain/psa-record.ts';
import type { PageRequest, PsaConnection } from '../../../psa/contract.ts';
import type { PsaHttp } from '../../../psa/http.ts';
import { connectwise } from '../../../psa/connectwise/index.ts';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../../simulator/start.ts';
import { localHttp } from './local-server.ts';

export type Row = Readonly<Record<string, unknown>> & { readonly id: number };

export interface Simulated {
  readonly admin: RunningSimulator['admin'];
  readonly connection: PsaConnection;
  /** Another connection, with other options or credentials. */
  reconnect(changes?: Readonly<Record<string, string>>, requestsInFlight?: number): PsaConnection;
  /** Rows as the API would serve them. */
  rows(collection: string): Row[];
  /** Ids of companies that are not deleted, in the order of pages. */
  companies(): string[];
  /** Requests since the last look, by path below the API. */
  newRequests(): { readonly path: string; readonly query: URLSearchParams }[];
}

/** A simulated ConnectWise in this process and a connection to it; both closed with the test. */
export async function simulatedConnectWise(
  options: SimulatorOptions = {},
  watch: (http: PsaHttp) => PsaHttp = (http) => http,
): Promise<Simulated> {
  const simulator = await startSimulator('connectwise', { size: 300, ...options });
  onTestFinished(() => simulator.close());
  const { admin } = simulator;

  function reconnect(changes: Readonly<Record<string, string>> = {}, requestsInFlight?: number): PsaConnection {
    const entered = { address: simulator.url, ...simulator.credentials, ...changes };
    const connection = connectwise.connectionSchema.parse(entered);
    const http = watch(localHttp({ origins: connectwise.origins(connection) }));
    return connectwise.connect({ connection, http, ...(requestsInFlight !== undefined && { requestsInFlight }) });
  }
  const rows = (collection: string) => [...admin.state(collection)] as Row[];

  return {
    admin,
    connection: reconnect(),
    reconnect,
    rows,
    companies: () =>
      rows('companies')
        .filter(({ deletedFlag }) => deletedFlag !== true)
        .map(({ id }) => String(id))
        .sort(comparePsaIds),
    newRequests() {
      const { requests } = admin.requests();
      admin.clearRequests();
      return requests
        .filter(({ path }) => !path.startsWith('/login/'))
        .map(({ path, query }) => ({ path, query: new URLSearchParams(query) }));
    },
  };
}

/** What a page is asked with; `companies` are the organizations inside the gate. */
export function pageRequest(
  kind: Kind,
  companies: readonly string[] = [],
  changes: Partial<PageRequest> = {},
): PageRequest {
  return {
    kind,
    cursor: null,
    ticked: { types: [], statuses: [] },
    parents: (after, limit) => {
      const rest = after === null ? companies : companies.filter((id) => comparePsaIds(id, after) > 0);
      return Promise.resolve(rest.slice(0, limit));
    },
    ...changes,
  };
}
