import { expect, it } from 'vitest';
import { connectTemporal } from '../../client/temporal/connect.ts';
import { prepareTemporal } from '../../client/temporal/prepare.ts';
import { atEnd } from '../support/at-end.ts';
import { housekeeping } from '../support/housekeeping.ts';
import { edit, linked, psaRow, pushOf, pushStage, settled, start } from '../support/push.ts';
import { temporalServer } from '../support/temporal-server.ts';
import { testWithoutWorker, WorkerProcess } from '../support/worker-process.ts';
import { until } from './midway.ts';

const CONTACTS = '/company/contacts';
const PUSHES = 100;

it("Temporal's data, wiped while a hundred pushes are pending, costs none of them, and each has one effect", async () => {
  const temporal = await temporalServer();
  const parts = await testWithoutWorker(temporal.address);
  const settings = {
    TEMPORAL_ADDRESS: temporal.address,
    PSA_SYNC_RETRY_FIRST_SECONDS: '1',
    PSA_SYNC_RETRY_MAX_SECONDS: '2',
    PSA_SYNC_HOUSEKEEPING_SECONDS: '3600',
    PSA_SYNC_PUSH_LATE_SECONDS: '0',
  };
  const before = new WorkerProcess(parts, settings);
  const stage = await pushStage(parts, { size: 400 });
  const contacts = await linked(stage, 'contact', PUSHES);
  stage.simulator.admin.addFaults([{ status: 503, path: '/company', retryAfterSeconds: null }]);
  for (const contact of contacts) {
    await edit(stage, contact, { title: `Pending ${contact.psaId}` });
    await start(stage, 'contact', contact);
  }
  await until(async () => (await pushOf(stage, contacts.at(-1)!)).attempts > 0);

  await before.kill();
  await temporal.wipe();
  stage.simulator.admin.clearFaults();
  stage.simulator.admin.clearRequests();

  const { namespace } = parts;
  const client = await connectTemporal({ address: temporal.address, namespace });
  atEnd(() => client.connection.close());
  await prepareTemporal(client, { housekeepingSeconds: 3600, retentionDays: 1 });
  const worker = { ...parts, client };
  new WorkerProcess(worker, settings);
  await Promise.all([housekeeping(worker), housekeeping(worker)]);
  for (const contact of contacts) {
    await settled(stage, contact);
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: `Pending ${contact.psaId}` });
    const { requests } = stage.simulator.admin.requests({ method: 'PATCH', path: `${CONTACTS}/${contact.psaId}` });
    expect(requests.filter(({ status }) => status === 200)).toHaveLength(1);
  }
}, 240_000);
