import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../settings/load-settings.ts';
import { temporalConnection } from '../../settings/temporal-connection.ts';

const folder = mkdtempSync(join(tmpdir(), 'psa-sync-tls-'));
const pem = (name: string): string => {
  writeFileSync(join(folder, name), name);
  return join(folder, name);
};
const connection = (environment: Record<string, string>) => temporalConnection(loadSettings(environment));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the connection to Temporal', () => {
  it('is plain and local when nothing is said', () => {
    expect(connection({})).toEqual({ address: 'localhost:7233' });
  });

  it('is encrypted with an API key, unless TLS is switched off for it', () => {
    expect(connection({ TEMPORAL_API_KEY: 'key' })).toEqual({ address: 'localhost:7233', apiKey: 'key', tls: {} });
    expect(connection({ TEMPORAL_API_KEY: 'key', TEMPORAL_TLS: 'false' })).toEqual({
      address: 'localhost:7233',
      apiKey: 'key',
    });
  });

  it('carries the certificates that the settings name', () => {
    const environment = {
      TEMPORAL_TLS_CLIENT_CERT_PATH: pem('cert'),
      TEMPORAL_TLS_CLIENT_KEY_PATH: pem('key'),
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: pem('ca'),
      TEMPORAL_TLS_SERVER_NAME: 'temporal.internal',
    };
    expect(connection(environment).tls).toEqual({
      serverNameOverride: 'temporal.internal',
      serverRootCACertificate: Buffer.from('ca'),
      clientCertPair: { crt: Buffer.from('cert'), key: Buffer.from('key') },
    });
  });

  it('names the setting whose file is not there', () => {
    expect(() => connection({ TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(folder, 'none') })).toThrow(
      'TEMPORAL_TLS_SERVER_CA_CERT_PATH is',
    );
  });
});
