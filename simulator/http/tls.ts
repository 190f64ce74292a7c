import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { TlsIdentity } from './server.ts';

/** DER, as much of it as one certificate needs: a tag, the length, the content. */
function der(tag: number, ...parts: (Buffer | number[])[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: number[]): Buffer => der(0x06, bytes);
const octets = (content: Buffer): Buffer => der(0x04, content);
const TRUE = der(0x01, [0xff]);

const ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const COMMON_NAME = oid(0x55, 0x04, 0x03);
const SERVER_AUTH = oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01);
/** Last byte of the extension's identifier 2.5.29.x. */
const EXTENSION = { subjectKey: 14, keyUsage: 15, alternativeName: 17, basicConstraints: 19, extendedKeyUsage: 37 };
const DAY_MS = 86_400_000;

function extension(kind: keyof typeof EXTENSION, critical: boolean, value: Buffer): Buffer {
  const parts = [oid(0x55, 0x1d, EXTENSION[kind]), ...(critical ? [TRUE] : []), octets(value)];
  return sequence(...parts);
}

function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`, 'ascii'));
}

function alternativeName(host: string): Buffer {
  if (host === '::1') return der(0x87, Buffer.from([...Array<number>(15).fill(0), 1]));
  if (isIPv4(host)) return der(0x87, Buffer.from(host.split('.').map(Number)));
  return der(0x82, Buffer.from(host, 'ascii'));
}

/**
 * A self-signed certificate for these hosts, valid for two years; clients trust it by naming it as their authority
 * (`NODE_EXTRA_CA_CERTS`, `REQUESTS_CA_BUNDLE`, ...). Node can't issue certificates and `openssl` is not on every
 * machine, so the few structures of RFC 5280 are written here.
 */
export function selfSigned(hosts: readonly string[], nowMs: number): TlsIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('psa-sync simulator')))));
  const keyId = createHash('sha1').update(spki).digest();
  const extensions = sequence(
    extension('basicConstraints', true, sequence(TRUE)),
    // digitalSignature and keyCertSign: it is both the server's certificate and its own authority.
    extension('keyUsage', true, der(0x03, [2, 0x84])),
    extension('extendedKeyUsage', false, sequence(SERVER_AUTH)),
    extension('subjectKey', false, octets(keyId)),
    extension('alternativeName', false, sequence(...hosts.map(alternativeName))),
  );
  const toBeSigned = sequence(
    der(0xa0, der(0x02, [2])),
    // A serial must be positive: the leading 1 keeps the top bit clear.
    der(0x02, [1], keyId.subarray(0, 8)),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(nowMs - DAY_MS), utcTime(nowMs + 730 * DAY_MS)),
    name,
    spki,
    der(0xa3, extensions),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, ECDSA_WITH_SHA256, der(0x03, [0], signature));
  const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
