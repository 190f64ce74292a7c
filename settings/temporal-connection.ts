import { readFileSync } from 'node:fs';
import { SettingsError } from './settings-error.ts';
import type { Settings } from './settings.ts';

/** As the Temporal SDK takes it, for a client's connection and a worker's alike. */
export interface TemporalConnection {
  readonly address: string;
  readonly apiKey?: string;
  readonly tls?: TemporalTls;
}

interface TemporalTls {
  readonly serverNameOverride?: string;
  readonly serverRootCACertificate?: Buffer;
  readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
}

/** Where `temporal` itself looks when nobody says otherwise. */
const STANDARD_ADDRESS = 'localhost:7233';

/** The variables mean what they mean to the `temporal` command: TLS is implied by an API key or any TLS setting. */
export function temporalConnection(settings: Settings): TemporalConnection {
  const address = settings.temporalAddress ?? STANDARD_ADDRESS;
  const apiKey = settings.temporalApiKey;
  const tls = temporalTls(settings);
  const wanted = settings.temporalTls ?? (apiKey !== undefined || Object.keys(tls).length > 0);
  return { address, ...(apiKey !== undefined && { apiKey }), ...(wanted && { tls }) };
}

function temporalTls(settings: Settings): TemporalTls {
  const { temporalTlsServerName: name } = settings;
  const authority = readPem('TEMPORAL_TLS_SERVER_CA_CERT_PATH', settings.temporalTlsServerCaCertPath);
  const crt = readPem('TEMPORAL_TLS_CLIENT_CERT_PATH', settings.temporalTlsClientCertPath);
  const key = readPem('TEMPORAL_TLS_CLIENT_KEY_PATH', settings.temporalTlsClientKeyPath);
  return {
    ...(name !== undefined && { serverNameOverride: name }),
    ...(authority !== undefined && { serverRootCACertificate: authority }),
    ...(crt !== undefined && key !== undefined && { clientCertPair: { crt, key } }),
  };
}

function readPem(env: string, path: string | undefined): Buffer | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch {
    throw new SettingsError([
      `${env} is "${path}": it names a file that cannot be read, check the path and its permissions`,
    ]);
  }
}
