import { createWriteStream } from 'node:fs';
import { DefaultLogger, type Logger, Runtime } from '@temporalio/worker';
import { type Logger as PinoLogger, pino } from 'pino';

/** What must never be printed, wherever it stands in what is logged. */
const REDACTED = ['*.credentials', '*.privateKey', '*.publicKey', '*.authorization', '*.password', '*.secrets'];

export interface LogOptions {
  readonly level: string;
  /** Appended to; undefined: standard error. */
  readonly file?: string;
}

/** JSON lines, one an event. */
export function openLines({ level, file }: LogOptions): PinoLogger {
  const stream = file === undefined ? process.stderr : createWriteStream(file, { flags: 'a' });
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

const SEVERITIES = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** The query builder's errors quote every parameter, so of them only what Postgres itself said is told. */
function describe(error: Error): object {
  const cause = error.cause instanceof Error ? { cause: describe(error.cause) } : {};
  if ('query' in error && 'params' in error) return { name: error.name, ...cause };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...cause,
  };
}

/** Once a process, before anything connects. */
export function installRuntime(log: Logger, metricsPort?: number): void {
  Runtime.install({
    logger: log,
    shutdownSignals: [], // whoever composes the process decides what a signal means
    ...(metricsPort === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: `127.0.0.1:${metricsPort}` } } } }),
  });
}
