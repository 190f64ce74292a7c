import { describe, expect, it } from 'vitest';
import { createPsaHttp } from '../../psa/http.ts';
import type { Lookup } from '../../psa/http/guarded-connector.ts';
import { selfSigned } from '../../simulator/http/tls.ts';
import { json, localHttp, localServer } from './support/local-server.ts';

const get = (url: string) =>
  ({ method: 'GET', url: new URL(url), headers: { authorization: 'Basic secret' } }) as const;
const resolvesTo =
  (...addresses: string[]): Lookup =>
  (_name, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('credentials go only to the address that the operator gave', () => {
  it('refuses any other origin before a socket opens', async () => {
    const mine = await localServer(json([]));
    const other = await localServer(json([]));
    const http = localHttp({ origins: [mine.origin] });
    await expect(http.request(get(`${other.origin}/v4_6_release/apis/3.0/company/companies`))).rejects.toMatchObject({
      code: 'wrong_address',
      retry: 'never',
      scope: 'integration',
    });
    expect(other.requests).toHaveLength(0);
  });

  it('does not follow a redirect, and names both hosts', async () => {
    const other = await localServer(json([]));
    const mine = await localServer((_request, response) => {
      response.writeHead(302, { location: `${other.origin}/elsewhere` }).end();
    });
    const http = localHttp({ origins: [mine.origin] });
    const request = http.request(get(mine.origin));
    await expect(request).rejects.toMatchObject({ code: 'wrong_address', retry: 'never' });
    await expect(request).rejects.toThrow(`127.0.0.1:${mine.port} redirects to ${other.origin}`);
    expect(other.requests).toHaveLength(0);
  });

  it('does not follow a redirect to itself either, with or without a location', async () => {
    const mine = await localServer((request, response) => {
      response.writeHead(301, request.url === '/a' ? { location: '/b' } : {}).end();
    });
    const http = localHttp({ origins: [mine.origin] });
    await expect(http.request(get(`${mine.origin}/a`))).rejects.toThrow('redirects to');
    await expect(http.request(get(`${mine.origin}/b`))).rejects.toThrow('redirects to another address');
    expect(mine.requests.map(({ line }) => line)).toEqual(['GET /a', 'GET /b']);
  });

  it('never shows a credential in an error', async () => {
    const http = localHttp({ origins: ['http://127.0.0.1:1'] });
    const error = await http.request(get('http://127.0.0.1:1/')).catch((caught: unknown) => caught);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('secret');
  });
});

describe('addresses that are refused', () => {
  const strict = (origin: string, lookup?: Lookup) => {
    const http = createPsaHttp({ origins: [origin], allowPrivateAddresses: false, ...(lookup && { lookup }) });
    return http.request(get(origin)).finally(() => http.close());
  };

  it.each([
    'https://127.0.0.1',
    'https://[::1]',
    'https://0x7f000001',
    'https://10.0.0.1',
    'https://[::ffff:10.0.0.1]',
  ])('%s where private addresses are not allowed', async (url) => {
    await expect(strict(new URL(url).origin)).rejects.toMatchObject({
      code: 'wrong_address',
      retry: 'never',
      message: expect.stringMatching(/private address.*settings/) as string,
    });
  });

  it.each([
    'https://169.254.169.254',
    'http://169.254.169.254',
    'https://[fe80::1]',
    'https://[::ffff:169.254.169.254]',
  ])('%s even where private addresses are allowed', async (url) => {
    const http = localHttp({ origins: [new URL(url).origin] });
    await expect(http.request(get(url))).rejects.toThrow('never allowed');
  });

  it('a name that leads to a private address', async () => {
    await expect(strict('https://psa.example', resolvesTo('10.1.2.3'))).rejects.toThrow(
      'psa.example leads to 10.1.2.3',
    );
  });

  it('plain http to a public address', async () => {
    const http = localHttp({ origins: ['http://psa.example'], lookup: resolvesTo('52.1.2.3') });
    await expect(http.request(get('http://psa.example/'))).rejects.toThrow('enter the address with https://');
  });

  it('a name that changes from public to private between two look-ups', async () => {
    const server = await localServer(json([]));
    let lookups = 0;
    const rebinding: Lookup = (name, options, done) => {
      lookups += 1;
      resolvesTo(lookups === 1 ? '52.1.2.3' : '127.0.0.1')(name, options, done);
    };
    rebinding('psa.example', { all: true }, () => undefined); // whoever checked the name first saw a public address
    const origin = `https://psa.example:${server.port}`;
    await expect(strict(origin, rebinding)).rejects.toMatchObject({ code: 'wrong_address' });
    expect(server.requests).toHaveLength(0);
  });

  it('only the refused ones of several addresses of a name', async () => {
    const server = await localServer(json(['here']));
    const origin = `http://psa.example:${server.port}`;
    const http = localHttp({ origins: [origin], lookup: resolvesTo('169.254.169.254', '127.0.0.1') });
    await expect(http.request(get(origin))).resolves.toMatchObject({ text: '["here"]' });
  });
});

describe('certificates', () => {
  const certificate = selfSigned(['127.0.0.1'], Date.now());

  it('of a private authority are accepted when it is given', async () => {
    const server = await localServer(json(['sealed']), certificate);
    const http = localHttp({ origins: [server.origin], ca: certificate.cert });
    await expect(http.request(get(server.origin))).resolves.toMatchObject({ text: '["sealed"]' });
  });

  it('are refused otherwise, with the way out', async () => {
    const server = await localServer(json([]), certificate);
    const http = localHttp({ origins: [server.origin] });
    await expect(http.request(get(server.origin))).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/certificate.*deployment/) as string,
    });
    expect(server.requests).toHaveLength(0);
  });
});
