import { z } from 'zod';
import type { JournalFilter, JournalSummary } from '../journal.ts';
import type { Mutation, MutationReport, RawRow, SimulatedPsa } from '../psa.ts';
import type { FaultRuleInput } from './fault-rule.ts';
import type { Faults, FaultStatus } from './faults.ts';
import type { LateWrites } from './late-writes.ts';
import type { LogFilter, LogSummary, RequestLog } from './request-log.ts';
import { strictObject, unknownNames } from '../strict-object.ts';

const count = z.number().int().nonnegative().default(0);
const mutationSchema = strictObject({
  seed: z.number().int().default(1),
  insert: count,
  change: count,
  delete: count,
  merge: count,
  collections: z.array(z.string()).optional(),
});

const serverSettingsSchema = z
  .object({ latencyMs: z.number().nonnegative(), logBodies: z.boolean(), logLength: z.number().int().positive() })
  .partial();

/** What belongs to the server, not to the PSA. */
export interface ServerSettings {
  /** The wait before every answer of the API. */
  latencyMs: number;
  /** Whether the request log keeps the bodies of requests and of the PSA's answers. */
  logBodies: boolean;
  /** How many requests the log keeps; older ones are dropped. */
  logLength: number;
}

/** The operator's side of a simulated PSA; `/__simulator/` offers the same over HTTP. */
export interface Admin {
  /** Number of rows by collection. */
  counts(): Record<string, number>;
  /** Names of the collections. */
  collections(): string[];
  /** The rows of a collection as the API would serve them. Throws for an unknown name. */
  state(collection: string): Iterable<object>;
  requests(filter?: LogFilter): LogSummary;
  clearRequests(): void;
  addFaults(rules: readonly FaultRuleInput[]): FaultStatus[];
  faults(): FaultStatus[];
  /** Removes one rule, or all. */
  clearFaults(id?: number): number;
  /** Inserts, changes, deletes and merges records at random, repeatably by seed. */
  mutate(mutation: Partial<Mutation>): MutationReport;
  putRows(collection: string, rows: readonly RawRow[]): number[];
  deleteRows(collection: string, ids: readonly number[]): number;
  settings(changes?: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** What was written to which record, oldest first. */
  journal(filter?: JournalFilter): JournalSummary;
  clearJournal(): void;
  /** Webhook deliveries, oldest first. */
  deliveries(): readonly object[];
  /** Seeded data, settings of the start, no faults, an empty log and journal. */
  reset(): void;
}

/** What the admin side works on. */
export interface AdminParts {
  readonly psa: SimulatedPsa;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly late: LateWrites;
  readonly server: ServerSettings;
}

export function createAdmin({ psa, faults, log, late, server }: AdminParts): Admin {
  const firstServerSettings = { ...server };
  return {
    counts: () => psa.counts(),
    collections: () => Object.keys(psa.counts()),
    state: (collection) => {
      const rows = psa.rows(collection);
      if (!rows) {
        throw new Error(`No collection "${collection}". There are: ${Object.keys(psa.counts()).join(', ')}.`);
      }
      return rows;
    },
    requests: (filter) => log.read(filter),
    clearRequests: () => log.clear(),
    addFaults: (rules) => faults.add(rules),
    faults: () => faults.list(),
    clearFaults: (id) => faults.clear(id),
    mutate: (mutation) => psa.mutate(mutationSchema.parse(mutation)),
    putRows: (collection, rows) => psa.putRows(collection, rows),
    deleteRows: (collection, ids) => psa.deleteRows(collection, ids),
    settings: (changes = {}) => {
      const known = Object.keys({ ...server, ...psa.settings() });
      const unknown = Object.keys(changes).filter((name) => !known.includes(name));
      if (unknown.length > 0) throw new Error(unknownNames(unknown, known));
      const { latencyMs, logBodies, logLength, ...others } = changes;
      const forServer = serverSettingsSchema.parse({ latencyMs, logBodies, logLength });
      const forPsa = psa.settings(others);
      if (forServer.latencyMs !== undefined) server.latencyMs = forServer.latencyMs;
      if (forServer.logBodies !== undefined) server.logBodies = forServer.logBodies;
      if (forServer.logLength !== undefined) server.logLength = forServer.logLength;
      return { ...server, ...forPsa };
    },
    journal: (filter) => psa.journal(filter),
    clearJournal: () => psa.clearJournal(),
    deliveries: () => psa.deliveries(),
    reset: () => {
      late.cancel();
      psa.reset();
      faults.clear();
      log.clear();
      Object.assign(server, firstServerSettings);
    },
  };
}
