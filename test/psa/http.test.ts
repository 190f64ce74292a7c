import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../psa/http/retry-after.ts';
import { json, localHttp, localServer, type Answer } from './support/local-server.ts';

const get = (origin: string, path = '/') => ({ method: 'GET', url: new URL(path, origin) }) as const;

async function answered(answer: Answer, limits = {}) {
  const server = await localServer(answer);
  const http = localHttp({ origins: [server.origin], limits });
  return http.request(get(server.origin));
}

describe('an answer that arrives', () => {
  it('comes with status, headers and text, whatever the status', async () => {
    const answer = await answered(json({ message: 'Grüße 🙂' }, 404, { 'x-cw-request-id': 'abc' }));
    expect(answer).toMatchObject({ status: 404, text: '{"message":"Grüße 🙂"}' });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-cw-request-id': 'abc' });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('is unpacked from %s', async (encoding, compress) => {
    const body = compress(Buffer.from('[{"id":1}]'));
    const answer = await answered((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body);
    });
    expect(answer.text).toBe('[{"id":1}]');
  });

  it('carries the time to wait as an HTTP date', async () => {
    const later = new Date(Date.now() + 90_000).toUTCString();
    const { status, headers } = await answered(json({}, 429, { 'retry-after': later }));
    expect(status).toBe(429);
    expect(retryAfterMs(headers)).toBeGreaterThan(80_000);
  });

  it('was asked for with method, path, query, body and our name', async () => {
    const server = await localServer(json([]));
    const http = localHttp({ origins: [server.origin], userAgent: 'psa-sync/1.2.3' });
    const url = new URL('/v1/a%2Fb?conditions=id+in+(1%2C2)', server.origin);
    await http.request({ method: 'POST', url, headers: { authorization: 'Basic x' }, body: '{}' });
    expect(server.requests[0]?.line).toBe('POST /v1/a%2Fb?conditions=id+in+(1%2C2)');
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': 'psa-sync/1.2.3',
      authorization: 'Basic x',
      'accept-encoding': 'gzip, br',
      'content-length': '2',
    });
  });

  it('is told to the metrics with status, time and bytes on the wire', async () => {
    const seen: { status: number; ms: number; bytes: number }[] = [];
    const server = await localServer(json([1, 2], 200));
    const http = localHttp({ origins: [server.origin], onAnswer: (answer) => seen.push(answer) });
    await http.request(get(server.origin));
    expect(seen).toEqual([{ status: 200, ms: expect.any(Number) as number, bytes: 5 }]);
  });
});

describe('an answer that does not arrive in full', () => {
  it('is a bad answer when the body breaks off', async () => {
    const cut: Answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('[{"id":', () => response.destroy());
    };
    await expect(answered(cut)).rejects.toMatchObject({ code: 'bad_answer', retry: 'backoff', scope: 'page' });
  });

  it('is a bad answer when compressed data is cut', async () => {
    const half = gzipSync(Buffer.from('[1,2,3,4]')).subarray(0, 15);
    const cut: Answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(half);
    };
    await expect(answered(cut)).rejects.toMatchObject({ code: 'bad_answer', retry: 'backoff' });
  });

  it('is a bad answer in a coding that was not asked for', async () => {
    const odd: Answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'zstd' }).end('x');
    };
    await expect(answered(odd)).rejects.toThrow('packed as zstd');
  });

  it('is too large beyond the limit of bytes', async () => {
    const large = json('x'.repeat(5_000));
    await expect(answered(large, { bytes: 4_096 })).rejects.toMatchObject({ code: 'too_large', retry: 'never' });
  });

  it('is too large when it swells beyond the limit while unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    const swelling: Answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    };
    await expect(answered(swelling, { bytes: 100_000 })).rejects.toMatchObject({ code: 'too_large' });
  });

  it('is unreachable when no header comes in time', async () => {
    await expect(answered(() => undefined, { headersMs: 50 })).rejects.toMatchObject({
      code: 'unreachable',
      retry: 'backoff',
      scope: 'integration',
      message: expect.stringContaining('did not answer in time') as string,
    });
  });

  it('is unreachable when the body stalls', async () => {
    const stalling: Answer = (_request, response) => {
      response.writeHead(200).write('[');
    };
    await expect(answered(stalling, { bodyIdleMs: 50 })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('is unreachable when the whole takes too long, though bytes keep dripping', async () => {
    const dripping: Answer = (request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('1'), 10);
      request.on('close', () => clearInterval(drip));
    };
    await expect(answered(dripping, { totalMs: 120 })).rejects.toThrow('did not answer in full within 0.12 s');
  });

  it('is unreachable when nothing listens', async () => {
    const http = localHttp({ origins: ['http://127.0.0.1:1'] });
    await expect(http.request(get('http://127.0.0.1:1'))).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('nothing listens') as string,
    });
  });
});

describe('a lost answer', () => {
  it.each([
    ['a GET', { method: 'GET' }, false],
    ['a POST', { method: 'POST' }, true],
    ['a POST that only asks', { method: 'POST', asks: true }, false],
  ] as const)('of %s leaves open whether something was written: %s', async (_what, how, mayHaveHappened) => {
    const server = await localServer((_request, response) => response.destroy());
    const http = localHttp({ origins: [server.origin] });
    await expect(http.request({ ...how, url: new URL(server.origin) })).rejects.toMatchObject({
      code: 'unreachable',
      mayHaveHappened,
    });
  });
});

describe('the budget and the caller', () => {
  it('asks the budget before each request and gives the slot back, also after a failure', async () => {
    const steps: string[] = [];
    const server = await localServer((request, response) => {
      steps.push(`server ${request.url}`);
      if (request.url === '/bad') response.destroy();
      else response.end('ok');
    });
    const acquire = () => {
      steps.push('acquire');
      return Promise.resolve(() => steps.push('release'));
    };
    const http = localHttp({ origins: [server.origin], budget: { acquire } });
    await http.request(get(server.origin, '/good'));
    await expect(http.request(get(server.origin, '/bad'))).rejects.toMatchObject({ code: 'unreachable' });
    expect(steps).toEqual(['acquire', 'server /good', 'release', 'acquire', 'server /bad', 'release']);
  });

  it("throws the caller's own reason when the caller cancels", async () => {
    const server = await localServer(() => controller.abort(new Error('cancelled by a person')));
    const controller = new AbortController();
    const http = localHttp({ origins: [server.origin] });
    const request = http.request({ ...get(server.origin), signal: controller.signal });
    await expect(request).rejects.toThrow('cancelled by a person');
    await expect(http.request({ ...get(server.origin), signal: controller.signal })).rejects.toThrow(
      'cancelled by a person',
    );
    expect(server.requests).toHaveLength(1);
  });
});
