import { onTestFinished } from 'vitest';
import type { Kind } from '../../../domain/kinds.ts';
import type { PageRequest, PsaAdapter, PsaConnection, PsaPage } from '../../../psa/contract.ts';
import type { PsaHttpOptions } from '../../../psa/http.ts';
import { adapterFor } from '../../../psa/registry.ts';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../../simulator/start.ts';
import type { TheirRecord } from '../../oracle/theirs.ts';
import { enteredFor } from '../../support/connected-psa.ts';
import { localHttp } from '../support/local-server.ts';
import type { KindSubject, Subject, World } from './subject.ts';
import { worldOf } from './world.ts';

/** A simulated PSA in this process and a connection to it; both closed with the test. */
export interface SimulatedPsa {
  readonly subject: Subject;
  readonly adapter: PsaAdapter;
  readonly simulator: RunningSimulator;
  readonly admin: RunningSimulator['admin'];
  readonly connection: PsaConnection;
  readonly world: World;
  /** Another connection, with other entries or limits. */
  reconnect(options?: Reconnect): PsaConnection;
  /** A kind of this PSA. */
  kind(kind: Kind): KindSubject;
  /** A request for the first page of a kind, everything ticked, every organization inside the gate. */
  request(kind: Kind, changes?: Partial<PageRequest>): Promise<PageRequest>;
  /** Records that reading all pages must give, in their order. */
  expected(kind: Kind): Promise<TheirRecord[]>;
  /** Requests since the last look, without those that read no records. */
  newRequests(): readonly LoggedRequest[];
}

export type LoggedRequest = ReturnType<RunningSimulator['admin']['requests']>['requests'][number];

interface Reconnect {
  readonly entries?: Readonly<Record<string, string>>;
  readonly requestsInFlight?: number;
  readonly limits?: PsaHttpOptions['limits'];
}

export async function simulatedPsa(subject: Subject, options: SimulatorOptions = {}): Promise<SimulatedPsa> {
  const simulator = await startSimulator(subject.simulator, { size: 300, settings: subject.simulated, ...options });
  onTestFinished(() => simulator.close());
  const { admin } = simulator;
  const { reading } = subject;
  const adapter = adapterFor(subject.provider);

  function reconnect({ entries = {}, requestsInFlight, limits }: Reconnect = {}): PsaConnection {
    const connection = adapter.connectionSchema.parse({ ...enteredFor(subject, simulator), ...entries });
    const http = localHttp({ origins: adapter.origins(connection), ...(limits && { limits }) });
    const settings = subject.pull ?? {};
    return adapter.connect({ connection, http, settings, ...(requestsInFlight !== undefined && { requestsInFlight }) });
  }

  const world = worldOf(subject, simulator);
  const connection = reconnect();

  async function ticked(): Promise<(list: string) => string[]> {
    const rows = await connection.lookups();
    return (list) => rows.filter((row) => row.list === list).map(({ psaId }) => psaId);
  }

  async function expected(kind: Kind): Promise<TheirRecord[]> {
    const ids = await ticked();
    const inside = new Set(kind === 'organization' ? [] : (await expected('organization')).map(({ id }) => id));
    const isUnder = reading.underOrganization.includes(kind);
    const given = world.records(kind).filter((record) => {
      if (isUnder && !inside.has(parentOf(record))) return false;
      return !reading.leavesOut(kind, record, (list, row) => ids(list).includes(row?.id ?? ''));
    });
    const isListedUnder = subject.kinds[kind]?.pathUnder !== undefined;
    return isListedUnder ? given.sort((a, b) => byId(parentOf(a), parentOf(b))) : given;
  }

  return {
    ...{ subject, adapter, simulator, admin, connection, world, reconnect, expected },
    kind(kind) {
      const known = subject.kinds[kind];
      if (!known) throw new Error(`${subject.provider} has no ${kind}s`);
      return known;
    },
    async request(kind, changes = {}) {
      const ids = await ticked();
      const gate = adapter.capabilities.gate[kind];
      const organizations = kind === 'organization' ? [] : (await expected('organization')).map(({ id }) => id);
      organizations.sort(byId);
      admin.clearRequests();
      return {
        kind,
        cursor: null,
        ticked: { types: gate ? ids(gate.types) : [], statuses: gate ? ids(gate.statuses) : [] },
        parents: (after, limit) => {
          const start = after === null ? 0 : organizations.indexOf(after) + 1;
          return Promise.resolve(organizations.slice(start, start + limit));
        },
        ...changes,
      };
    },
    newRequests() {
      const { requests } = admin.requests();
      admin.clearRequests();
      return requests.filter(({ path }) => !subject.overhead.test(path));
    },
  };
}

/** PSA id of the organization that a record belongs to; blank without one. */
export function parentOf({ fields }: TheirRecord): string {
  const home = fields['organization'];
  return typeof home === 'object' && home !== null && 'to' in home ? home.id : '';
}

const byId = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** One page after the other, joined. */
export const recordsOf = (pages: readonly PsaPage[]) => pages.flatMap(({ records }) => records);
