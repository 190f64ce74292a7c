import { chmod, chown, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataFolder } from '../../../cli/dev/data-folder.ts';
import { type PostgresServer, startPostgres } from '../../../cli/dev/postgres.ts';
import { outsidePlace } from '../../../cli/dev/postgres-place.ts';
import { rememberedPorts } from '../../../cli/dev/ports.ts';
import { recordingReport } from './support/recording-report.ts';
import { query, temporaryStackFolder } from './support/stacks.ts';
import { LONE_POSTGRES_PORT } from './support/test-ports.ts';

async function startOn(dataDir: string, report = recordingReport()): Promise<PostgresServer> {
  const folder = dataFolder(dataDir);
  const server = await startPostgres({
    data: folder.postgres,
    stateFile: folder.state('postgres'),
    logFile: folder.log('postgres'),
    port: () => rememberedPorts(folder.ports, report).pick('postgres', LONE_POSTGRES_PORT),
    report,
  });
  onTestFinished(() => server.stop());
  return server;
}

/** A data folder in which a database was made, with Postgres ended again. */
async function usedFolder(): Promise<{ dataDir: string; data: string }> {
  const dataDir = await temporaryStackFolder();
  await mkdir(dataDir, { recursive: true });
  await (await startOn(dataDir)).stop();
  return { dataDir, data: dataFolder(dataDir).postgres };
}

const RESET = /psa-sync dev reset/;

describe('a data directory that Postgres refuses', () => {
  it.each([
    ['without its version', 'PG_VERSION'],
    ['without its control file', 'global/pg_control'],
    ['without its password', 'psa-sync.password'],
  ])('%s is called broken, with the way out', async (_what, file) => {
    const { dataDir, data } = await usedFolder();
    await rm(join(data, file));
    const refusal = startOn(dataDir);
    await expect(refusal).rejects.toMatchObject({ kind: 'data-broken' });
    await expect(refusal).rejects.toThrow(RESET);
  });

  it('whose write-ahead log is gone is called broken, with what Postgres said', async () => {
    const { dataDir, data } = await usedFolder();
    const segments = (await readdir(join(data, 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name));
    await Promise.all(segments.map((name) => rm(join(data, 'pg_wal', name))));
    const refusal = startOn(dataDir);
    await expect(refusal).rejects.toMatchObject({ kind: 'data-broken' });
    await expect(refusal).rejects.toThrow('could not locate a valid checkpoint record');
  });

  it('made by another major version is named with both versions', async () => {
    const { dataDir, data } = await usedFolder();
    await writeFile(join(data, 'PG_VERSION'), '15\n');
    const refusal = startOn(dataDir);
    await expect(refusal).rejects.toMatchObject({ kind: 'data-version' });
    await expect(refusal).rejects.toThrow(/Postgres 15, .* Postgres \d+\..*psa-sync dev reset/s);
  });

  it('that it may not read says whose it must be and how to give it back', async () => {
    const { dataDir, data } = await usedFolder();
    const control = join(data, 'global/pg_control');
    await chmod(control, 0o000);
    if (process.getuid?.() === 0) await chown(control, 0, 0); // root runs Postgres as another user
    const refusal = startOn(dataDir);
    await expect(refusal).rejects.toMatchObject({ kind: 'data-unreadable' });
    await expect(refusal).rejects.toThrow(/chown -R \S+ .*chmod -R/);
  });

  // A device that answers every write with ENOSPC stands in for a full disk: it needs no root and no mount.
  it.runIf(process.platform === 'linux')('because the disk is full says that nothing stored is lost', async () => {
    const { dataDir, data } = await usedFolder();
    await rm(join(data, 'postmaster.opts'));
    await symlink('/dev/full', join(data, 'postmaster.opts'));
    const refusal = startOn(dataDir);
    await expect(refusal).rejects.toMatchObject({ kind: 'disk-full' });
    await expect(refusal).rejects.toThrow(/full.*Free some space.*psa-sync dev status/s);
  });
});

describe('a start of Postgres', () => {
  it('makes the database anew when the first attempt was killed halfway', async () => {
    const dataDir = await temporaryStackFolder();
    await mkdir(join(dataDir, 'postgres.new/base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres.new/PG_VERSION'), '18');
    expect(await query((await startOn(dataDir)).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is not deceived by the process id that a killed one left behind', async () => {
    const { dataDir, data } = await usedFolder();
    await writeFile(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n\nready\n`);
    const server = await startOn(dataDir);
    expect(server.adopted).toBe(false);
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('works in a folder closed to others; root, whose Postgres is another user, is told where the data went', async () => {
    const home = await temporaryStackFolder();
    const dataDir = join(home, '.psa-sync');
    await mkdir(dataDir);
    await chmod(home, 0o700);
    const report = recordingReport();
    const server = await startOn(dataDir, report);
    const { data, folder } = outsidePlace(dataFolder(dataDir).postgres);
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [row] = await query(server.url, 'show data_directory');
    const isRoot = process.getuid?.() === 0;
    expect(row).toEqual({ data_directory: isRoot ? data : dataFolder(dataDir).postgres });
    expect(report.lines.some((line) => line.includes(folder))).toBe(isRoot);
  });

  it('keeps its password from others', async () => {
    const { data } = await usedFolder();
    expect((await stat(join(data, 'psa-sync.password'))).mode & 0o077).toBe(0);
  });
});
