import { type ChildProcess, execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataFolder } from '../../../cli/dev/data-folder.ts';
import { type PostgresServer, startPostgres } from '../../../cli/dev/postgres.ts';
import { outsideData } from '../../../cli/dev/postgres-place.ts';
import { rememberedPorts } from '../../../cli/dev/ports.ts';
import { recordingReport } from './support/recording-report.ts';
import { query, temporaryStackFolder } from './support/stacks.ts';
import { TEST_PORTS } from './support/test-ports.ts';

async function startOn(dataDir: string, report = recordingReport()): Promise<PostgresServer> {
  const folder = dataFolder(dataDir);
  const server = await startPostgres({
    data: folder.postgres,
    stateFile: folder.state('postgres'),
    logFile: folder.log('postgres'),
    port: () => rememberedPorts(folder.ports, report).pick('postgres', TEST_PORTS.postgres),
    report,
  });
  onTestFinished(() => server.stop());
  return server;
}
