import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isFree, type Ports, rememberedPorts } from '../../../cli/dev/ports.ts';
import { recordingReport } from './support/recording-report.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

async function listen(port = 0): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    if (server.listening) await once(server.close(), 'close');
  };
  onTestFinished(close);
  return { port: (server.address() as { port: number }).port, close };
}

/** A port that nobody listens on, and most likely nobody will meanwhile. */
async function freePort(): Promise<number> {
  const { port, close } = await listen();
  await close();
  return port;
}

async function newPorts(): Promise<{ file: string; report: ReturnType<typeof recordingReport>; ports: Ports }> {
  const file = join(await temporaryFolder(), 'ports.json');
  const report = recordingReport();
  return { file, report, ports: rememberedPorts(file, report) };
}

describe('a port', () => {
  it('is the preferred one while that is free', async () => {
    const { ports, report } = await newPorts();
    const preferred = await freePort();
    expect(await ports.pick('api', preferred)).toBe(preferred);
    expect(report.lines).toEqual([]);
  });

  it('is another one when that is taken, which is said', async () => {
    const { ports, report } = await newPorts();
    const { port: taken } = await listen();
    const port = await ports.pick('api', taken);
    expect(port).toBeGreaterThan(taken);
    expect(await isFree(port)).toBe(true);
    expect(report.lines).toEqual([`Port ${taken} (api) is taken by another program: using ${port} instead.`]);
  });

  it('stays the same over restarts, also when the preferred one is free again', async () => {
    const { ports, file, report } = await newPorts();
    const other = await listen();
    const port = await ports.pick('api', other.port);
    await other.close();
    expect(await rememberedPorts(file, report).pick('api', other.port)).toBe(port);
  });

  it('is not given to two servers, even if they ask at once', async () => {
    const { ports, file } = await newPorts();
    const preferred = await freePort();
    const picked = await Promise.all(['a', 'b', 'c'].map((name) => ports.pick(name, preferred)));
    expect(new Set(picked).size).toBe(3);
    const again = rememberedPorts(file, recordingReport());
    expect(await Promise.all(['a', 'b', 'c'].map((name) => again.pick(name, preferred)))).toEqual(picked);
  });

  it('is chosen anew when the file of the choices was cut off', async () => {
    const { ports, file } = await newPorts();
    await writeFile(file, '{"api": 1');
    const preferred = await freePort();
    expect(await ports.pick('api', preferred)).toBe(preferred);
  });
});
