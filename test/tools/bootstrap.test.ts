import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/dev/support/temporary-folder.ts';

const BOOTSTRAP = fileURLToPath(new URL('../../tools/bootstrap.mjs', import.meta.url));

/** Takes its time, counts its calls, and leaves behind what npm leaves behind. */
const NPM = `import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs';
appendFileSync('npm-calls', process.argv.slice(2, 3) + '\\n');
await new Promise((done) => setTimeout(done, 300));
mkdirSync('node_modules', { recursive: true });
copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`;

const BROKEN_NPM = `console.error('npm error code ENOTFOUND'); process.exit(1);`;

const lockOf = (version: string): string =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version }, 'node_modules/other-system': { version, optional: true } },
  });

interface Clone {
  folder: string;
  run(...args: string[]): Promise<{ code: number; out: string; err: string }>;
  npmCalls(): Promise<string[]>;
}

/** A repository of two files, with a stand-in for npm. */
async function freshClone({ npm = NPM, engines = '>=20.19' } = {}): Promise<Clone> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'tools'));
  await copyFile(BOOTSTRAP, join(folder, 'tools/bootstrap.mjs'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', engines: { node: engines } }));
  await writeFile(join(folder, 'package-lock.json'), lockOf('1.0.0'));
  await writeFile(join(folder, 'npm-cli.js'), npm);
  await writeFile(join(folder, 'script.mjs'), `console.log('ran', ...process.argv.slice(2)); process.exitCode = 3;`);
  return {
    folder,
    async run(...args) {
      const child = spawn(process.execPath, ['tools/bootstrap.mjs', 'script.mjs', ...args], {
        cwd: folder,
        env: { ...process.env, npm_execpath: join(folder, 'npm-cli.js') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ended = once(child, 'exit') as Promise<[number]>;
      const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      return { code, out, err };
    },
    async npmCalls() {
      const calls = await readFile(join(folder, 'npm-calls'), 'utf8').catch(() => '');
      return calls.split('\n').filter(Boolean);
    },
  };
}

describe('npm start on a fresh clone', () => {
  it('installs, then runs the script with its arguments and its exit code', async () => {
    const clone = await freshClone();
    expect(await clone.run('dev', '--once')).toMatchObject({ code: 3, out: 'ran dev --once\n' });
    expect(await clone.npmCalls()).toEqual(['ci']);
  });

  it('installs once when two are started at the same time', async () => {
    const clone = await freshClone();
    const runs = await Promise.all([clone.run('one'), clone.run('two')]);
    expect(runs.map(({ out }) => out)).toEqual(['ran one\n', 'ran two\n']);
    expect(await clone.npmCalls()).toEqual(['ci']);
  });

  it('installs although an earlier installation was killed and left its lock', async () => {
    const clone = await freshClone();
    await mkdir(join(clone.folder, '.psa-sync'));
    await writeFile(join(clone.folder, '.psa-sync/install.lock'), '999999999');
    expect(await clone.run()).toMatchObject({ code: 3 });
  });

  it("shows npm's last words and what to do when it can't install, and does not run the script", async () => {
    const clone = await freshClone({ npm: BROKEN_NPM });
    const { code, out, err } = await clone.run();
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/npm error code ENOTFOUND.*registry could not be reached/s);
  });

  it('says which Node it needs when this one is too old', async () => {
    const clone = await freshClone({ engines: '>=99.1' });
    const { code, err } = await clone.run();
    expect(code).toBe(1);
    expect(err).toContain(`psa-sync needs Node 99.1 or newer, and this is ${process.versions.node}`);
  });
});

describe('npm start later', () => {
  it('does not install again', async () => {
    const clone = await freshClone();
    await clone.run();
    expect(await clone.run()).toMatchObject({ code: 3, err: '' });
    expect(await clone.npmCalls()).toEqual(['ci']);
  });

  it('installs again when a pull has changed the lock file', async () => {
    const clone = await freshClone();
    await clone.run();
    await writeFile(join(clone.folder, 'package-lock.json'), lockOf('1.0.1'));
    await clone.run();
    expect(await clone.npmCalls()).toEqual(['ci', 'ci']);
  });
});
