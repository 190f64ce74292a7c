import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';

const PSA_SYNC = new URL('../../tools/psa-sync.mjs', import.meta.url).pathname;

it('a worker that finds no Temporal says so and ends, so that whoever keeps it running starts it again', async () => {
  const child = spawn(process.execPath, [PSA_SYNC, 'serve', 'worker'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      PSA_SYNC_MASTER_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect(said).toContain('Temporal at 127.0.0.1:1 did not answer');
  expect(code).toBe(5);
}, 60_000);
