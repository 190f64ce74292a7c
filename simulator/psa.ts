import type { IncomingHttpHeaders } from 'node:http';
import type { JournalFilter, JournalSummary } from './journal.ts';

/** One request to the simulated PSA, with the body read to its end. */
export interface ApiRequest {
  /** Its number in the request log. */
  readonly number: number;
  readonly method: string;
  /** The path without the query, still percent-encoded. */
  readonly path: string;
  /** The raw query, without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Scheme and host as the caller sees them, e.g. `http://127.0.0.1:8080`. */
  readonly origin: string;
}

/** An answer: `json` is serialized by the server, `text` goes out as it is, `chunks` are JSON too large for one string. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly chunks?: Iterable<string>;
}

/** What becomes of a request as it arrives. */
export interface Admission {
  /** The answer of a PSA that does not let it in. */
  readonly refused?: Reply;
  /** Wait before it is carried out, in milliseconds. */
  readonly waitMs?: number;
  /** Told when its answer is out, or its connection gone. */
  readonly leave?: () => void;
}

/** How many records a mutation touches; `seed` makes it repeatable, `collections` narrows it (default: the main ones). */
export interface Mutation {
  readonly seed: number;
  readonly insert: number;
  readonly change: number;
  readonly delete: number;
  readonly merge: number;
  readonly collections?: readonly string[] | undefined;
}

/** Ids by collection for each thing a mutation did; `merged` pairs the id that went with the id that stayed. */
export interface MutationReport {
  readonly inserted: Record<string, number[]>;
  readonly changed: Record<string, number[]>;
  readonly deleted: Record<string, number[]>;
  readonly merged: { from: number; to: number }[];
}

/** What a row needs for the admin side to write it past all validation. */
export interface RawRow {
  readonly id?: number | undefined;
  readonly [field: string]: unknown;
}

/** What a vendor's folder provides; everything else (server, admin side, faults, log) is shared. */
export interface SimulatedPsa {
  /** What a client needs besides the address, as it is printed in the ready line. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Path of the API below the origin, without a slash at the end. */
  readonly apiPath: string;
  /** Asked as soon as a request has arrived, before faults and latency; for limits on what is under way at once. */
  admit?(request: ApiRequest): Admission;
  answer(request: ApiRequest): Reply | Promise<Reply>;
  /** The path that fault rules see: below the API's root. Paths outside of it come back unchanged. */
  rulePath(path: string): string;
  /** The vendor's own wording of a failure with this HTTP status; 429 carries Retry-After unless it is null. */
  failure(status: number, retryAfterSeconds: number | null): Reply;
  /** Number of rows by collection. */
  counts(): Record<string, number>;
  /** A collection's rows as the API would serve them; undefined for an unknown name. */
  rows(collection: string): Iterable<object> | undefined;
  /** Inserts rows, or merges them into existing ones of the same id, without validation. Returns the ids. */
  putRows(collection: string, rows: readonly RawRow[]): number[];
  /** Removes rows for good, without rules. Returns how many were there. */
  deleteRows(collection: string, ids: readonly number[]): number;
  mutate(mutation: Mutation): MutationReport;
  /** Back to the seeded data and the settings it was started with. */
  reset(): void;
  /** Current settings, after merging `changes` into them; throws a readable error for what it does not know. */
  settings(changes?: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** What was written to which record, oldest first; the seeded data is not. */
  journal(filter?: JournalFilter): JournalSummary;
  clearJournal(): void;
  /** Deliveries of webhooks so far, oldest first. */
  deliveries(): readonly object[];
  close(): Promise<void>;
}

/** What a vendor's folder is given to build a simulated PSA. */
export interface PsaOptions {
  /** Total of seeded records. */
  readonly size: number;
  readonly seed: number;
  readonly company?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** File that keeps every change across restarts. */
  readonly dataFile?: string | undefined;
  /** Milliseconds since 1970; the clock of every write. */
  readonly now: () => number;
}
