import { createWriteStream, type WriteStream } from 'node:fs';
import { DefaultLogger, type Logger, Runtime } from '@temporalio/worker';
import { type Logger as PinoLogger, pino } from 'pino';
import { quotesParameters } from '../db/query-error.ts';

/** What must never be printed, wherever it stands in what is logged. */
const REDACTED = ['*.credentials', '*.privateKey', '*.publicKey', '*.authorization', '*.password', '*.secrets'];

export interface LogOptions {
  readonly level: string;
  /** Appended to; undefined: standard error. */
  readonly file?: string;
}

/** JSON lines, one an event. */
export function openLines({ level, file }: LogOptions): PinoLogger {
  const stream = file === undefined ? process.stderr : openFile(file);
  const serializers = { err: (error: unknown) => (error instanceof Error ? describe(error) : error) };
  const timestamp = pino.stdTimeFunctions.isoTime;
  return pino({ level, base: null, redact: REDACTED, serializers, timestamp }, stream);
}

/** The same for the SDK's own messages too, so that a process has one log. */
export function openLog(options: LogOptions | PinoLogger): Logger {
  const log = 'child' in options ? options : openLines(options);
  return new DefaultLogger('TRACE', ({ level: severity, message, meta }) => {
    const { error, ...rest } = meta ?? {};
    log[SEVERITIES[severity]]({ ...rest, ...(error instanceof Error ? { error: describe(error) } : {}) }, message);
  });
}

/** A log that can't be written (a full disk, say) is no reason to end; it is said once, where a person may see it. */
function openFile(file: string): WriteStream {
  const stream = createWriteStream(file, { flags: 'a' });
  return stream.once('error', (error) => {
    stream.on('error', () => undefined);
    process.stderr.write(`The log ${file} can't be written any more: ${error.message}\n`);
  });
}

const SEVERITIES = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** The query builder's errors quote every parameter, so of them only what Postgres itself said is told. */
function describe(error: Error): object {
  const cause = error.cause instanceof Error ? { cause: describe(error.cause) } : {};
  if (quotesParameters(error)) return { name: error.name, ...cause };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...cause,
  };
}

/** Once a process, before the SDK's native part connects. */
export function installRuntime(log: Logger, metricsPort?: number): void {
  Runtime.install({
    logger: log,
    shutdownSignals: [], // whoever composes the process decides what a signal means
    telemetryOptions: {
      // Without this the SDK's Rust core writes to the terminal by itself, past the log and over a progress bar.
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      ...(metricsPort !== undefined && { metrics: { prometheus: { bindAddress: `127.0.0.1:${metricsPort}` } } }),
    },
  });
}
