import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DevError } from '../../../cli/dev/dev-error.ts';
import { type ServerSpec, startServer } from '../../../cli/dev/processes.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** A server that writes this and stays. */
async function speaking(code: string): Promise<ServerSpec> {
  const folder = await temporaryFolder();
  return {
    name: 'speaker',
    command: process.execPath,
    args: ['-e', `${code}; setInterval(() => {}, 1000)`],
    port: 1,
    stateFile: join(folder, 'speaker.json'),
    logFile: join(folder, 'speaker.log'),
    stopSequence: [{ signal: 'SIGTERM', graceMs: 5_000 }],
    readyTimeoutMs: 20_000,
    announces: /Server:\s/,
    isReady: () => Promise.resolve(true),
    explain: (output) => new DevError('failed', [`It said: ${output}`]),
  };
}

describe('a server that says when it listens', () => {
  it('is ready however much it writes after that, as Temporal does about what its schedules missed', async () => {
    const missed = `'Schedule missed catchup window '.repeat(10_000)`;
    const server = await startServer(await speaking(`console.log('Server: here'); console.log(${missed})`));
    expect(await server.isRunning()).toBe(true);
    await server.stop();
    expect(await server.isRunning()).toBe(false);
  });

  it('is not taken for ready before, whoever answers on its port, and its words are told', async () => {
    const mute = { ...(await speaking(`console.log('still busy')`)), readyTimeoutMs: 500 };
    await expect(startServer(mute)).rejects.toThrow('It said: still busy');
  });
});
