import { beforeAll, describe, it } from 'vitest';
import type { RunningSimulator } from '../../simulator/start.ts';
import { Oracle } from '../oracle/harness.ts';
import { ownServers, type OwnServers } from '../support/own-servers.ts';
import { connectTenant, testSimulator } from '../support/sync.ts';
import { WorkerProcess } from '../support/worker-process.ts';
import { asked, begin, ended } from './midway.ts';

let servers: OwnServers;
let worker: WorkerProcess;
let simulator: RunningSimulator;

beforeAll(async () => {
  servers = await ownServers();
  simulator = await testSimulator({ latencyMs: 30 });
  worker = new WorkerProcess(servers, {
    TEMPORAL_ADDRESS: servers.temporalAddress,
    PSA_SYNC_RETRY_FIRST_SECONDS: '1',
    PSA_SYNC_HEARTBEAT_TIMEOUT_SECONDS: '4',
    PSA_SYNC_BATCH_PAGES: '1',
    PSA_SYNC_HOUSEKEEPING_SECONDS: '3600',
  });
});

describe('a sync goes on by itself', () => {
  it.each([
    ['Postgres', 'postgres'],
    ['Temporal', 'temporal'],
  ] as const)(
    'when %s is killed and comes back',
    async (_title, name) => {
      const home = await connectTenant(servers.database, simulator);
      const oracle = new Oracle({ worker: servers, simulator, home });
      await oracle.look();
      simulator.admin.clearRequests();
      simulator.admin.addFaults([{ kind: 'delay', delayMs: 1_000, path: '^/company/contacts$', count: 1 }]);
      const handle = await begin({ worker: servers, home });
      await Promise.race([asked({ simulator }, '/company/contacts'), worker.ends()]);
      servers.kill(name);
      await oracle.verdictOn(await Promise.race([ended(handle), worker.ends()]));
      await oracle.sync();
    },
    90_000,
  );
});
