import { chmod, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTemporal } from '../../client/temporal/connect.ts';
import { prepareTemporal } from '../../client/temporal/prepare.ts';
import { cacheDirectory } from '../../cli/dev/cache-directory.ts';
import { startStack } from '../../cli/dev/stack.ts';
import { resetStack } from '../../cli/dev/stack-control.ts';
import { openDatabase } from '../../db/database.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { atEnd } from './at-end.ts';
import type { TestWorker } from './sync.ts';

const PORTS = { postgres: 15_639, temporal: 17_433, temporalUi: 18_433 };

export interface OwnServers extends TestWorker {
  readonly temporalAddress: string;
  /** The power cut for one of them; it is started again on its port within two seconds. */
  kill(name: 'postgres' | 'temporal'): void;
}

/** A Postgres and a Temporal that no other test uses, so that they may be killed. What they promise to keep, they keep. */
export async function ownServers(): Promise<OwnServers> {
  const dataDir = await realpath(await mkdtemp(join(tmpdir(), 'psa-sync-servers-')));
  await chmod(dataDir, 0o755); // root's Postgres runs as another user, who must get in
  const cacheDir = cacheDirectory(process.env['XDG_CACHE_HOME']);
  const report = { line: () => undefined, progress: () => undefined };
  const temporalCli = process.env['TEMPORAL_CLI'];
  const stack = await startStack({ dataDir, cacheDir, report, temporalCli, preferredPorts: PORTS });
  const { address, namespace } = stack.temporal;
  await migrateDatabase(stack.databaseUrl);
  const database = openDatabase({ url: stack.databaseUrl, poolSize: 5, applicationName: 'psa-sync-test' });
  const client = await connectTemporal({ address, namespace });
  await prepareTemporal(client, { housekeepingSeconds: 3600 });
  atEnd(async () => {
    await client.connection.close();
    await database.close();
    await stack.stop();
    await resetStack({ dataDir, cacheDir, caches: false, report });
  });
  return {
    ...{ database, ownerUrl: stack.databaseUrl, client, namespace, temporalAddress: address },
    kill(name) {
      const server = stack.servers.find((candidate) => candidate.name === name);
      if (server) process.kill(server.pid, 'SIGKILL');
    },
  };
}
