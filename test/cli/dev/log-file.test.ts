import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../../cli/dev/log-file.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

describe('the log of a server', () => {
  it('keeps what former starts wrote, and tells what this one did', async () => {
    const path = join(await temporaryFolder(), 'logs/server.log');
    const first = await openLog(path);
    await appendFile(path, 'old\n');
    await first.close();
    const second = await openLog(path);
    await appendFile(path, 'new\n');
    await second.close();
    expect(await second.tail()).toBe('new\n');
    expect(await readFile(path, 'utf8')).toBe('old\nnew\n');
  });

  it('is put aside at a start when it has grown large', async () => {
    const path = join(await temporaryFolder(), 'server.log');
    const large = 'x'.repeat(6 * 1024 * 1024);
    await writeFile(path, large);
    const log = await openLog(path);
    await appendFile(path, 'new\n');
    await log.close();
    expect(await log.tail()).toBe('new\n');
    expect((await readFile(`${path}.1`, 'utf8')).length).toBe(large.length);
  });
});
