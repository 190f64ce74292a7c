import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';

const MAIN = new URL('../../simulator/main.ts', import.meta.url).href;
const TSX = import.meta.resolve('tsx');
const RUN = `import { runSimulator } from ${JSON.stringify(MAIN)}; process.exitCode = await runSimulator(process.argv.slice(1));`;

/** The command in a process and a working directory of its own. */
function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', TSX, '--input-type=module', '-e', RUN, '--', ...args], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function finished(child: ChildProcess): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

describe('psa-sync simulator connectwise', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('prints one JSON line when ready and exits with 0 on %s', async (signal) => {
    const child = start('connectwise', '--port', '0', '--size', '50', '--json');
    const ready = JSON.parse(await firstLine(child)) as Record<string, string>;
    expect(Object.keys(ready)).toEqual(['url', 'apiUrl', 'company', 'publicKey', 'privateKey', 'clientId']);
    const { company, publicKey, privateKey, clientId = '' } = ready;
    const authorization = `Basic ${Buffer.from(`${company}+${publicKey}:${privateKey}`).toString('base64')}`;
    const response = await fetch(`${ready['apiUrl']}/system/info`, { headers: { authorization, clientId } });
    expect(response.status).toBe(200);
    child.kill(signal);
    expect(await finished(child)).toMatchObject({ code: 0, err: '' });
  });

  it('takes settings, size, seed and TLS', async () => {
    const child = start('connectwise', '--seed', '9', '--size', '60', '--set', 'version=2026.10', '--tls', '--json');
    const ready = JSON.parse(await firstLine(child)) as Record<string, string>;
    expect(ready['url']).toMatch(/^https:/);
    expect(ready['caFile']).toMatch(/ca\.pem$/);
    child.kill('SIGTERM');
    expect((await finished(child)).code).toBe(0);
  });

  it('says which port is taken and what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, err } = await finished(start('connectwise', '--port', String(port), '--size', '10'));
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port} on 127.0.0.1 is taken. Choose another with --port N, or --port 0`);
  });

  it.each([
    [['autotosk'], 'Name one PSA: connectwise'],
    [['connectwise', '--size', 'many'], '--size must be a whole number'],
    [['connectwise', '--colour'], "'--colour'"],
    [['connectwise', '--set', 'version'], '--set takes NAME=VALUE'],
    [['tigerpaw', '--set', 'colour=red'], 'There is no "colour". There are: maxSkewSeconds, '],
    [['connectwise', '--set', 'colour=red'], 'docs/simulator.md lists the settings'],
    [['connectwise', '--set', 'version=new'], 'version'],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, err } = await finished(start(...args));
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('explains itself', async () => {
    const { code, out } = await finished(start('--help'));
    expect([code, out]).toEqual([0, expect.stringContaining('Usage: psa-sync simulator <psa> [options]')]);
  });
});
