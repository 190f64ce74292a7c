import { onTestFinished } from 'vitest';
import type { Kind } from '../../../domain/kinds.ts';
import { comparePsaIds, type PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaValues } from '../../../domain/values.ts';
import { autotask } from '../../../psa/autotask/index.ts';
import type { PsaConnection, PsaPage } from '../../../psa/contract.ts';
import type { PsaHttp, PsaHttpAnswer, PsaHttpRequest } from '../../../psa/http.ts';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../../simulator/start.ts';
import { localHttp } from '../support/local-server.ts';

type Row = Readonly<Record<string, unknown>> & { readonly id: number };

type Choices = Readonly<Record<string, string>>;

/** What has to be chosen before records can be made. */
export const CHOICES = { accountManager: '29682885', productBillingCode: '29682801' };

export interface Simulated {
  readonly admin: RunningSimulator['admin'];
  readonly connection: PsaConnection;
  connect(settings?: Choices, entries?: Choices, through?: (http: PsaHttp) => PsaHttp): PsaConnection;
  /** A way to the simulator on which some requests are answered by somebody else. */
  intercepted(answer: (request: PsaHttpRequest) => PsaHttpAnswer | null): (http: PsaHttp) => PsaHttp;
  rows(collection: string): Row[];
  row(collection: string, id: string): Row;
  /** Ids of all companies, in the order of pages. */
  companies(): string[];
  /** All pages of a kind, with every company inside the gate and nothing filtered. */
  read(kind: Kind, connection?: PsaConnection, run?: string): Promise<PsaRecord[]>;
  create(kind: Kind, set: PsaValues, choices?: Choices): Promise<PsaRecord>;
  update(record: PsaRecord, set: PsaValues, choices?: Choices): Promise<PsaRecord>;
}

const beforeWrite = () => Promise.resolve();

/** A simulated Autotask in this process and a connection to it; both closed with the test. */
export async function simulatedAutotask(options: SimulatorOptions = {}): Promise<Simulated> {
  const simulator = await startSimulator('autotask', { size: 300, ...options });
  onTestFinished(() => simulator.close());
  const { admin } = simulator;

  function connect(
    settings: Choices = {},
    entries: Choices = {},
    through: (http: PsaHttp) => PsaHttp = (http) => http,
  ): PsaConnection {
    const connection = autotask.connectionSchema.parse({
      address: simulator.url,
      ...simulator.credentials,
      ...entries,
    });
    const http = through(localHttp({ origins: autotask.origins(connection) }));
    return autotask.connect({ connection, http, settings });
  }
  const connection = connect();
  const rows = (collection: string) => [...admin.state(collection)] as Row[];
  const companies = () =>
    rows('Companies')
      .map(({ id }) => String(id))
      .sort(comparePsaIds);

  return {
    ...{ admin, connection, connect, rows, companies },
    intercepted: (answer) => (http) => ({
      async request(request) {
        return answer(request) ?? http.request(request);
      },
    }),
    row: (collection, id) => rows(collection).find((one) => String(one.id) === id)!,
    async read(kind, through = connection, run = 'one and only') {
      const parents = (after: string | null, limit: number) => {
        const all = companies();
        const start = after === null ? 0 : all.indexOf(after) + 1;
        return Promise.resolve(all.slice(start, start + limit));
      };
      const records: PsaRecord[] = [];
      for (let cursor: string | null = null; ;) {
        const page: PsaPage = await through.page({ kind, run, cursor, ticked: { types: [], statuses: [] }, parents });
        records.push(...page.records);
        if (page.next === null) return records;
        cursor = page.next;
      }
    },
    create: (kind, set, choices = CHOICES) =>
      connection.writer!.create({ kind, set, current: null, settings: choices, beforeWrite }),
    update: (current, set, choices = CHOICES) =>
      connection.writer!.update({ kind: current.kind, set, current, settings: choices, beforeWrite }),
  };
}
