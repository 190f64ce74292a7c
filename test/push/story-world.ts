import { sql } from 'drizzle-orm';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { HolderAnswers } from '../../activities/holder-answers.ts';
import { PageTurns } from '../../activities/page-turns.ts';
import type { PsaAccess, PsaConnections } from '../../activities/psa-connections.ts';
import { pullBatch } from '../../activities/pull-batch.ts';
import { pushOnce } from '../../activities/push-once.ts';
import { finishRunStep, openRunStep, resolveReferencesStep } from '../../activities/run-steps.ts';
import { sweep } from '../../activities/sweep.ts';
import type { Database } from '../../db/database.ts';
import { readIntegration } from '../../db/integrations/read-integration.ts';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import { createPsaHttp, type PsaHttp } from '../../psa/http.ts';
import { adapterFor } from '../../psa/registry.ts';
import type { RawRow } from '../../simulator/psa.ts';
import { type RunningSimulator, startSimulator } from '../../simulator/start.ts';
import { rowsOfTenant } from '../support/pretend-sync.ts';
import { connectTenant } from '../support/sync.ts';
import type { TestIntegration } from '../support/tenant.ts';
import type { Place } from './story-model.ts';

/** Nothing here waits for it: time passes when the story says so. */
const WRITE_MS = 600_000;
const PROVIDER = 'connectwise';

/** Texts of each kind that both sides write: our field, and the PSA's. */
export const TEXTS = {
  organization: { shortName: 'identifier', name: 'name' },
  location: { address2: 'addressLine2', city: 'city' },
  contact: { title: 'title', lastName: 'lastName' },
  configuration: { assetTag: 'tagNumber', serialNumber: 'serialNumber' },
} as const satisfies Record<Kind, Record<string, string>>;

const ROWS = {
  organization: 'companies',
  location: 'sites',
  contact: 'contacts',
  configuration: 'configurations',
} as const;

/** Lists of a contact that both sides write, and the type that the PSA's people give a new entry. */
export const LISTS = {
  phones: { communicationType: 'Phone', type: { id: 2, name: 'Direct' } },
  emails: { communicationType: 'Email', type: { id: 1, name: 'Email' } },
} as const;

export type List = keyof typeof LISTS;

/** A record on both sides. */
export interface Pair {
  readonly kind: Kind;
  readonly recordId: string;
  readonly psaId: number;
  readonly place: Place;
}

/** Besides one record of each kind: a contact for lists, and an organization that the other contact moves to. */
type Also = 'listed' | 'other';

/** A small MSP of one story's own. */
export interface World {
  readonly home: TestIntegration;
  readonly simulator: RunningSimulator;
  readonly pairs: Readonly<Record<Kind | Also, Pair>>;
  readonly http: PsaHttp;
  rows<T extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<T[]>;
  /** One attempt at a push. */
  push(through: PsaHttp, kind: Kind, recordId: string): Promise<unknown>;
  /** A full sync as its workflow does it, and one attempt at each step. */
  sync(through: PsaHttp): Promise<void>;
  /** So long that no write that was announced can still be on its way. */
  timePasses(): Promise<unknown>;
  close(): Promise<void>;
}

export async function storyWorld(database: Database): Promise<World> {
  const simulator = await startSimulator(PROVIDER, { size: 4 });
  const ids = populate(simulator);
  const adapter = adapterFor(PROVIDER);
  const http = createPsaHttp({ origins: adapter.origins({ address: simulator.url }), allowPrivateAddresses: true });
  const home = await connectTenant(database, simulator, { twoWay: true });
  const rows: World['rows'] = (query) => rowsOfTenant(database, home, query);
  const connection = { address: simulator.apiUrl, ...simulator.credentials };
  const depsOver = (through: PsaHttp): ActivityDependencies => {
    const psa = adapter.connect({ connection, http: through, settings: {}, requestsInFlight: 1 });
    const access = async (): Promise<PsaAccess> => {
      const integration = await database.withTenant(home.tenantId, (tx) => readIntegration(tx, home.integrationId));
      if (!integration) throw new Error('no integration');
      return { integration, adapter, psa };
    };
    return {
      database,
      turns: new PageTurns(),
      holders: new HolderAnswers(),
      connections: { access, accessTo: access } as unknown as PsaConnections,
      orchestrator: { startPush: async () => undefined } as unknown as ActivityDependencies['orchestrator'],
      limits: { batchPages: 20, batchSeconds: 60, pageTries: 3 },
      push: { writeMs: WRITE_MS, startLateMs: 0 },
      patience: { firstRetryMs: 1, longestRetryMs: 1, heartbeatTimeoutMs: 1_000, giveUpAfterMs: 1_000 },
      keepDays: 1,
    };
  };
  const beat = () => ({ signal: new AbortController().signal, say: () => undefined });
  const names = { tenantKey: home.tenantId, integrationKey: PROVIDER, provider: PROVIDER };
  let syncs = 0;
  const sync = async (through: PsaHttp): Promise<void> => {
    const deps = depsOver(through);
    const id = `sync-story-${(syncs += 1)}`;
    const how = { job: 'full', dryRun: false, trigger: 'operator', workflowId: id, workflowRunId: id } as const;
    const { runId, fence } = await openRunStep(deps, { ...home, ...how });
    const run = { ...home, runId, fence };
    let outcome: 'completed' | 'failed' = 'failed';
    try {
      for (const kind of KINDS) await pullBatch(deps, { ...run, kind }, beat());
      await resolveReferencesStep(deps, run);
      for (const kind of KINDS) await sweep(deps, { ...run, kind }, beat());
      outcome = 'completed';
    } finally {
      await finishRunStep(deps, { ...run, outcome });
    }
  };
  await sync(http);
  simulator.admin.clearJournal();

  const pair = async (kind: Kind, psaId: number): Promise<Pair> => {
    const [link] = await rows<{ record_id: string }>(
      sql`select record_id from links where kind = ${kind} and psa_id = ${String(psaId)} and state = 'live'`,
    );
    if (!link) throw new Error(`the ${kind} ${psaId} is not in step`);
    const list = `/company/${kind === 'location' ? `companies/${ids.organization}/sites` : ROWS[kind]}`;
    return { kind, recordId: link.record_id, psaId, place: { list, id: String(psaId) } };
  };
  return {
    ...{ home, simulator, http, rows, sync },
    pairs: {
      organization: await pair('organization', ids.organization),
      location: await pair('location', ids.location),
      contact: await pair('contact', ids.contact),
      configuration: await pair('configuration', ids.configuration),
      listed: await pair('contact', ids.listed),
      other: await pair('organization', ids.other),
    },
    push: (through, kind, recordId) =>
      pushOnce(depsOver(through), { ...home, kind, recordId, names, fresh: true }, beat()),
    timePasses: async () => {
      await rows(sql`update links set writing_until = now() - interval '1 second' where writing_until is not null`);
      await rows(
        sql`update push_intents set writing_until = now() - interval '1 second' where writing_until is not null`,
      );
    },
    close: async () => {
      await http.close();
      await simulator.close();
    },
  };
}

function populate({ admin }: RunningSimulator): Record<Kind | Also, number> {
  const put = (rows: keyof typeof PUT, row: RawRow): number => admin.putRows(PUT[rows], [row])[0] ?? 0;
  const organization = put('organization', { identifier: 'Acme', name: 'Acme', status: { id: 1 }, deletedFlag: false });
  const company = { id: organization };
  put('types', { type: { id: 1 }, company });
  const other = put('organization', { identifier: 'Globex', name: 'Globex', status: { id: 1 }, deletedFlag: false });
  put('types', { type: { id: 1 }, company: { id: other } });
  const person = { company, inactiveFlag: false };
  const listed = put('contact', { firstName: 'Grace', lastName: 'Hopper', ...person });
  for (const [value, list] of [
    ['555-01', 'phones'],
    ['555-02', 'phones'],
    ['grace@acme.example', 'emails'],
  ] as const) {
    put('communications', { contactId: listed, value, defaultFlag: value !== '555-02', ...LISTS[list] });
  }
  return {
    ...{ organization, other },
    location: put('location', {
      name: 'Main',
      addressLine2: 'Floor 1',
      city: 'Tampa',
      company,
      primaryAddressFlag: true,
    }),
    contact: put('contact', { firstName: 'Ada', lastName: 'Byron', title: 'Countess', ...person }),
    listed,
    configuration: put('configuration', {
      ...{ name: 'SRV-1', tagNumber: 'T-1', serialNumber: 'S-1', type: { id: 1 }, status: { id: 1 }, company },
      activeFlag: true,
    }),
  };
}

const PUT = { ...ROWS, types: 'companyTypeAssociations', communications: 'communications' } as const;

/** A row of the PSA; undefined without one. */
export function rowIn<T extends object>({ simulator }: World, kind: Kind, psaId: number): T | undefined {
  return [...(simulator.admin.state(ROWS[kind]) as Iterable<T & { id: number }>)].find(({ id }) => id === psaId);
}

/** Somebody at the PSA writes a row. */
export function writeRow({ simulator }: World, kind: Kind, row: RawRow): number {
  return simulator.admin.putRows(ROWS[kind], [row])[0] ?? 0;
}
