import { execFile, type ExecFileOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DevError, interrupted } from './dev-error.ts';
import { postgresMajor, postgresProgram } from './postgres-binaries.ts';
import { explainPostgres } from './postgres-failures.ts';
import { giveTo, type PostgresPlace } from './postgres-place.ts';

const SUPERUSER = 'postgres';
/** Inside the data directory, so that a database and its password can't get apart. */
const PASSWORD_FILE = 'psa-sync.password';
const INITDB_TIMEOUT_MS = 120_000;

/** In the C locale the programs' words can be told apart by pattern; nothing else of ours concerns them. */
export const POSTGRES_ENV: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };

/** Makes sure that there is a database of our version. @returns the password of its superuser */
export async function ensureDatabase(place: PostgresPlace, signal?: AbortSignal): Promise<string> {
  const version = await readVersion(place);
  if (version === undefined) await initialise(place, signal);
  else if (version !== postgresMajor(place.binaries)) throw otherVersion(place, version);
  return readPassword(place);
}

export function superuserUrl(port: number, password: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}

export async function readPassword(place: PostgresPlace): Promise<string> {
  try {
    return (await readFile(join(place.data, PASSWORD_FILE), 'utf8')).trim();
  } catch (error) {
    throw explainPostgres(`could not read file ${(error as Error).message}`, place);
  }
}

/** @returns undefined when there is no database yet */
async function readVersion(place: PostgresPlace): Promise<number | undefined> {
  let text: string | undefined;
  try {
    text = await readFile(join(place.data, 'PG_VERSION'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw explainPostgres((error as Error).message, place);
  }
  if (text !== undefined) {
    if (!/^\d+\s*$/.test(text)) throw explainPostgres('invalid PG_VERSION: it holds no version', place);
    return Number.parseInt(text, 10);
  }
  const found = await readdir(place.data).catch(() => []);
  if (found.length > 0)
    throw explainPostgres(`could not find PG_VERSION beside ${found.slice(0, 3).join(', ')}`, place);
  return undefined;
}

/** Everything happens in a folder beside it that is renamed last, so a kill in between leaves no half database. */
async function initialise(place: PostgresPlace, signal: AbortSignal | undefined): Promise<void> {
  const draft = `${place.data}.new`;
  const passwordFile = `${place.data}.password`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft);
    await giveTo(place.user, draft, 0o700);
    await writeFile(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
    await giveTo(place.user, passwordFile, 0o600);
    await runToItsEnd(
      postgresProgram(place.binaries, 'initdb'),
      [
        `--pgdata=${draft}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Postgres's own C.UTF-8 sorts by code point and knows case in all of Unicode, the same on every system.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      {
        cwd: '/',
        env: POSTGRES_ENV,
        timeout: INITDB_TIMEOUT_MS,
        ...(signal && { signal }),
        ...(place.user && { uid: place.user.uid, gid: place.user.gid }),
      },
    );
    await rename(passwordFile, join(draft, PASSWORD_FILE));
    await rmdir(place.data).catch(() => undefined); // an empty one may be there
    await rename(draft, place.data);
  } catch (error) {
    // Told to end, initdb and its children go on for a moment, and clear the folder away themselves.
    await rm(draft, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    await rm(passwordFile, { force: true });
    if (signal?.aborted) throw interrupted('Making the database');
    throw explainPostgres((error as Error).message, place);
  }
}

/** Unlike `execFile` alone, which gives up on an aborted program while it, or a child of it, may still write files. */
async function runToItsEnd(program: string, args: string[], options: ExecFileOptions): Promise<void> {
  const running = promisify(execFile)(program, args, options);
  const ended = new Promise((resolve) => running.child.once('close', resolve));
  try {
    await running;
  } catch (error) {
    await ended;
    throw error;
  }
}

function otherVersion(place: PostgresPlace, version: number): DevError {
  return new DevError('data-version', [
    `The database in ${place.data} was made by Postgres ${version}, and this psa-sync brings Postgres ${postgresMajor(place.binaries)}.`,
    "Start the psa-sync that made it and dump what you need, or throw the demo's data away with `psa-sync dev reset`.",
  ]);
}
