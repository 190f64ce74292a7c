import type { LateWrites } from './late-writes.ts';

/** One request to the simulated PSA; the admin side is not logged. */
export interface LoggedRequest {
  readonly number: number;
  readonly method: string;
  /** The path below the API's root. */
  readonly path: string;
  /** The raw query. */
  readonly query: string;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Requests in flight when this one came, itself included. */
  readonly inFlight: number;
  /** Missing while it runs; 0 if the connection ended without an answer. */
  status?: number;
  durationMs?: number;
  /** What a fault rule did to it. */
  fault?: string | number;
  /**
   * The status that the PSA gave when it carried the request out, whether or not the caller heard of it; missing if it
   * never did, or not yet.
   */
  doneStatus?: number;
  /** When it was carried out, in milliseconds since 1970. */
  doneAtMs?: number;
  /** The bodies, as JSON where they are; kept only when asked for. */
  requestBody?: unknown;
  answerBody?: unknown;
}

/** What of the log to show: exact status and method, start of the path, the last `limit` entries. */
export interface LogFilter {
  readonly status?: number | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly limit?: number | undefined;
}

export interface LogSummary {
  /** Requests since the start or the last clearing, kept or not. */
  readonly total: number;
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Late writes that are still to come. */
  readonly late: number;
  readonly requests: readonly LoggedRequest[];
}

/** May change while it is kept. */
interface LogSettings {
  /** Entries kept; older ones are dropped, `total` still counts them. */
  readonly logLength: number;
}

export class RequestLog {
  #entries: LoggedRequest[] = [];
  #total = 0;
  #inFlight = 0;
  #maxInFlight = 0;
  readonly #late: LateWrites;
  readonly #settings: LogSettings;

  constructor(late: LateWrites, settings: LogSettings) {
    this.#late = late;
    this.#settings = settings;
  }

  begin(method: string, path: string, query: string): LoggedRequest {
    this.#inFlight++;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    const entry = { number: ++this.#total, method, path, query, startedAtMs: Date.now(), inFlight: this.#inFlight };
    this.#entries.push(entry);
    // Dropped in large pieces, so that the cost per request stays constant.
    const { logLength } = this.#settings;
    if (this.#entries.length > 2 * logLength) this.#entries = this.#entries.slice(-logLength);
    return entry;
  }

  end(entry: LoggedRequest, status: number): void {
    this.#inFlight--;
    entry.status = status;
    entry.durationMs = Date.now() - entry.startedAtMs;
  }

  /** Notes that the PSA has carried the request out. */
  done(entry: LoggedRequest, status: number): void {
    entry.doneStatus = status;
    entry.doneAtMs = Date.now();
  }

  clear(): void {
    this.#entries = [];
    this.#total = 0;
    this.#maxInFlight = this.#inFlight;
  }

  read({ status, method, path, limit = this.#settings.logLength }: LogFilter = {}): LogSummary {
    const requests = this.#entries.filter(
      (entry) =>
        (status === undefined || entry.status === status) &&
        (method === undefined || entry.method === method.toUpperCase()) &&
        (path === undefined || entry.path.startsWith(path)),
    );
    return {
      total: this.#total,
      inFlight: this.#inFlight,
      maxInFlight: this.#maxInFlight,
      late: this.#late.pending,
      requests: limit > 0 ? requests.slice(-limit) : [],
    };
  }
}
