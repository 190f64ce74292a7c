import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { selfSigned } from '../../../simulator/http/tls.ts';
import { startSimulator } from '../../../simulator/start.ts';

describe('the self-signed certificate', () => {
  const { cert } = selfSigned(['localhost', '127.0.0.1', '::1'], Date.now());
  const parsed = new X509Certificate(cert);

  it('is its own authority, signed by its own key, valid now', () => {
    expect(parsed.ca).toBe(true);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(Date.parse(parsed.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(parsed.validTo)).toBeGreaterThan(Date.now() + 300 * 86_400_000);
  });

  it('is good for the names and addresses of this machine', () => {
    expect(parsed.checkHost('localhost')).toBe('localhost');
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.checkIP('::1')).toBe('::1');
    expect(parsed.checkHost('example.com')).toBeUndefined();
  });

  it('is trusted by a client that is given the file, which goes when the simulator stops', async () => {
    const simulator = await startSimulator('connectwise', { size: 10, tls: true });
    const caFile = simulator.caFile ?? '';
    const authorized = await new Promise<boolean>((resolve, reject) => {
      const socket = connect({ port: simulator.port, host: '127.0.0.1', ca: readFileSync(caFile) }, () => {
        resolve(socket.authorized);
        socket.destroy();
      });
      socket.once('error', reject);
    });
    await simulator.close();
    expect([authorized, existsSync(caFile)]).toEqual([true, false]);
  });
});
