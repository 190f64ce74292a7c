import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, explainSystemError, prepareDataFolder } from '../../../cli/dev/data-folder.ts';
import { explainEmbedded } from '../../../cli/dev/postgres-failures.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const refusal = (path: string) =>
  Object.assign(new Error(`EACCES: permission denied, open '${path}'`), { code: 'EACCES', path });

async function wordsFor(error: unknown, root: string): Promise<string> {
  return ((await explainSystemError(error, dataFolder(root))) as Error).message;
}

describe('a path that the system refuses', () => {
  it('in the data folder: the folder can be given back or removed', async () => {
    const root = await temporaryFolder();
    const words = await wordsFor(refusal(join(root, 'lock')), root);
    expect(words).toContain(`chown -R`);
    expect(words).toContain(`rm -rf ${root}`);
  });

  it('outside of it, such as the cache: that path is named, and nobody is told to remove data', async () => {
    const root = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    const words = await wordsFor(refusal(join(elsewhere, 'not', 'made')), root);
    expect(words).toContain(join(elsewhere, 'not', 'made'));
    expect(words).toContain(`write to ${elsewhere}, or`);
    expect(words).toContain('XDG_CACHE_HOME');
    expect(words).not.toContain('rm -rf');
  });

  it('because a file is in the way: the file is to be moved', async () => {
    const root = join(await temporaryFolder(), 'data');
    await writeFile(root, '');
    const refused = await prepareDataFolder(dataFolder(root)).catch((error: unknown) => error);
    const words = await wordsFor(refused, root);
    expect(words).toMatch(/is a file.*Move it away/s);
    expect(words).not.toContain('rm -rf');
  });
});

describe('an embedded Postgres that runs and refuses', () => {
  const refused = (code: string) => new Error('query', { cause: Object.assign(new Error('no'), { code }) });

  it.each(['28P01', '3D000', 'XX001'])('with %s is broken, and nobody is sent to DATABASE_URL', (code) => {
    const error = explainEmbedded(refused(code), '/data') as Error;
    expect(error.message).toContain('dev reset');
    expect(error.message).not.toContain('DATABASE_URL');
  });

  it('for want of disk says so', () => {
    expect((explainEmbedded(refused('53100'), '/data') as Error).message).toMatch(/disk .*full/);
  });

  it('for another reason keeps its own words', () => {
    const error = refused('40001');
    expect(explainEmbedded(error, '/data')).toBe(error);
  });
});
