import { describe, expect, it } from 'vitest';
import { hasWorker } from '../../../client/temporal/inspect-temporal.ts';
import { operatorShell } from './support.ts';

describe('serve worker', () => {
  it('takes work until it is told to stop, and then ends with 0', { timeout: 90_000 }, async () => {
    const shell = await operatorShell();
    const stop = new AbortController();
    const environment = { PSA_SYNC_LOG_LEVEL: 'fatal' };
    const serving = shell.cli('serve worker', { signal: stop.signal, environment });
    await expect.poll(() => hasWorker(shell.client), { timeout: 60_000 }).toBe(true);
    stop.abort();
    expect(await serving).toMatchObject({ code: 0, stdout: '' });
  });

  it('says which setting it misses', async () => {
    const shell = await operatorShell();
    const { code, stderr } = await shell.cli('serve worker', { environment: { PSA_SYNC_MASTER_KEYS: '' } });
    expect(code).toBe(2);
    expect(stderr).toContain('PSA_SYNC_MASTER_KEYS');
  });
});
