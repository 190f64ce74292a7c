import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdmin, type Admin } from './admin/admin.ts';
import { Faults } from './admin/faults.ts';
import { LateWrites } from './admin/late-writes.ts';
import { RequestLog } from './admin/request-log.ts';
import { createHandler } from './handle.ts';
import { listen } from './http/server.ts';
import { selfSigned } from './http/tls.ts';
import type { PsaOptions } from './psa.ts';
import { PSAS, type PsaName } from './psas.ts';

export type { Admin } from './admin/admin.ts';
export type { FaultRuleInput } from './admin/fault-rule.ts';
export type { PsaName } from './psas.ts';

export interface SimulatorOptions extends Omit<PsaOptions, 'size' | 'seed' | 'now'> {
  readonly size?: number | undefined;
  readonly seed?: number | undefined;
  /** The clock of every write, in milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Default 127.0.0.1: the data is made up, but the admin side has no password. */
  readonly host?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** Wait before every answer of the API, in milliseconds; requests overlap. Default 0. */
  readonly latencyMs?: number | undefined;
  /** Keep the bodies of requests and answers in the request log. Default false: they take memory. */
  readonly logBodies?: boolean | undefined;
  /** How many requests the request log keeps; older ones are dropped, and still counted. Default 20,000. */
  readonly logLength?: number | undefined;
  /** HTTPS with a self-signed certificate. */
  readonly tls?: boolean | undefined;
  /** Told of errors of the simulator itself; they are bugs. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface RunningSimulator {
  /** Scheme, host and port. */
  readonly url: string;
  /** `url` with the path of the API. */
  readonly apiUrl: string;
  readonly port: number;
  /** As the vendor's clients call them; for ConnectWise `company`, `publicKey`, `privateKey`, `clientId`. */
  readonly credentials: Readonly<Record<string, string>>;
  /** The certificate as a PEM file, with `tls` only. */
  readonly caFile?: string;
  /** What `/__simulator/` does, in process. */
  readonly admin: Admin;
  /** Cuts open connections, hanging ones included. */
  close(): Promise<void>;
}

export const DEFAULT_SIZE = 1000;
export const DEFAULT_SEED = 1;
export const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_LOG_LENGTH = 20_000;

/** Starts a simulated PSA in this process. Throws a readable error for a taken port or options it can't take. */
export async function startSimulator(name: PsaName, options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { host = DEFAULT_HOST, port = 0, latencyMs = 0, seed = DEFAULT_SEED, size = DEFAULT_SIZE } = options;
  const { onError = () => undefined, now = Date.now, logBodies = false, logLength = DEFAULT_LOG_LENGTH } = options;
  const psa = PSAS[name]({ ...options, size, seed, now });
  const faults = new Faults(seed);
  const late = new LateWrites(onError);
  const server = { latencyMs, logBodies, logLength };
  const log = new RequestLog(late, server);
  const admin = createAdmin({ psa, faults, log, late, server });

  const tls = options.tls ? selfSigned(['localhost', '127.0.0.1', '::1', host], Date.now()) : undefined;
  const scheme = tls ? 'https' : 'http';
  const handler = createHandler({ psa, admin, faults, log, late, server, scheme });
  const listener = await listen({ host, port, tls }, handler, onError);
  const folder = tls && mkdtempSync(join(tmpdir(), 'psa-sync-simulator-'));
  const caFile = folder && join(folder, 'ca.pem');
  if (caFile) writeFileSync(caFile, tls.cert);

  return {
    url: listener.origin,
    apiUrl: listener.origin + psa.apiPath,
    port: listener.port,
    credentials: psa.credentials,
    ...(caFile && { caFile }),
    admin,
    close: async () => {
      late.cancel();
      await Promise.all([listener.close(), psa.close()]);
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}
