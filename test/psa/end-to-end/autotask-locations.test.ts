import { beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '../../../db/integrations/change-settings.ts';
import { leastRequests } from '../../../bench/psas/subjects.ts';
import type { TenantTx } from '../../../db/database.ts';
import { approveProposal } from '../../../db/sweep/decide-proposal.ts';
import { listProposals } from '../../../db/sweep/proposals.ts';
import type { SimulatorOptions } from '../../../simulator/start.ts';
import { asked, begin, ended } from '../../faults/midway.ts';
import type { Stage } from '../../faults/stage.ts';
import { Oracle } from '../../oracle/harness.ts';
import { type Send, sender, testApi } from '../../support/api.ts';
import { linked, type PushStage, pushStage, settled, start } from '../../support/push.ts';
import { body } from '../../support/synced-home.ts';
import { connectTenant, sync, testSimulator, testWorker, type TestWorker } from '../../support/sync.ts';
import type { Subject } from '../contract/subject.ts';
import { CASES } from '../contract/subjects.ts';
import { autotask, autotaskAddresses } from '../contract/subjects/autotask.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

async function stageOf(subject: Subject, options: SimulatorOptions = {}): Promise<Stage> {
  const simulator = await testSimulator(options, subject);
  const home = await connectTenant(worker.database, simulator, {}, subject);
  return { worker, simulator, home, oracle: new Oracle({ worker, simulator, home, reading: subject.reading }) };
}

/** Chooses where locations come from. */
const choose = ({ home }: Stage, { pull = {} }: Subject) =>
  worker.database.withTenant(home.tenantId, (tx) => changeSettings(tx, home.integrationId, { pull }));

async function switchTo(stage: Stage, subject: Subject): Promise<void> {
  await choose(stage, subject);
  stage.oracle.readAs(subject.reading);
}

describe.each(CASES.filter(({ subject }) => subject.provider === 'autotask'))(
  'a full sync of $name',
  ({ name, subject }) => {
    it('takes no request without which its records could be read', async () => {
      const stage = await stageOf(subject, { size: 3_000 });
      stage.simulator.admin.clearRequests();
      await sync(worker, stage.home);
      const { requests } = stage.simulator.admin.requests();
      const records = requests.filter(({ path }) => !subject.overhead.test(path));
      expect(records).toHaveLength(leastRequests(name, stage.simulator));
    });
  },
);

describe('where locations come from, changed with data there', () => {
  it('makes locations of the addresses and orphans the others, and brings those back when it is changed again', async () => {
    const stage = await stageOf(autotask);
    const { oracle } = stage;
    const { counts: first } = await oracle.sync();
    const sites = first.location.created;
    await switchTo(stage, autotaskAddresses);
    const { counts: made } = await oracle.sync();
    expect(made.location.created).toBeGreaterThan(0);
    expect(made.location.orphaned).toBe(sites);
    expect((await oracle.sync()).counts.contact.updated).toBe(0);
    await switchTo(stage, autotask);
    expect((await oracle.sync()).counts.location).toMatchObject({ created: 0, updated: sites });
  });

  it('has the others wait for a word where they are many, which is not taken once it was changed again', async () => {
    const stage = await stageOf(autotask, { size: 600 });
    const { oracle, home } = stage;
    await oracle.sync();
    await switchTo(stage, autotaskAddresses);
    const { proposals } = await oracle.sync();
    expect(proposals.location?.length).toBeGreaterThan(20);
    const inTenant = <T>(work: (tx: TenantTx) => Promise<T>) => worker.database.withTenant(home.tenantId, work);
    const [proposal] = await inTenant((tx) => listProposals(tx, { state: 'waiting' }));
    await switchTo(stage, autotask);
    await expect(inTenant((tx) => approveProposal(tx, proposal!.id))).rejects.toThrow('what is read was changed');
    await switchTo(stage, autotaskAddresses);
    await inTenant((tx) => approveProposal(tx, proposal!.id));
  });

  it('is for the next sync, while one is under way', async () => {
    const stage = await stageOf(autotask);
    await stage.oracle.look();
    stage.simulator.admin.clearRequests();
    stage.simulator.admin.addFaults([{ kind: 'delay', delayMs: 1_000, path: '^/CompanyLocations/query$' }]);
    const handle = await begin(stage);
    await asked(stage, '/CompanyLocations/query');
    await choose(stage, autotaskAddresses);
    await stage.oracle.verdictOn(await ended(handle));
  });

  it('leaves the record of an address that has changed as an orphan, beside the one of the new address', async () => {
    const stage = await stageOf(autotaskAddresses);
    const moveTo = (address1: string) => stage.simulator.admin.putRows('Companies', [{ id: 0, address1 }]);
    moveTo('1 Old Street');
    await stage.oracle.sync();
    moveTo('1 New Street');
    const { counts } = await stage.oracle.sync();
    expect(counts.location).toMatchObject({ created: 1, orphaned: 1 });
  });
});

describe('two-way sync where locations are made of addresses', () => {
  async function apiOf(): Promise<{ stage: PushStage; send: Send; location: string }> {
    const stage = await pushStage(worker, {}, {}, autotaskAddresses);
    const api = await testApi(worker.database);
    const send = sender(api.url, api.key({ tenantId: stage.home.tenantId }));
    const { list } = await send('GET', '/locations?filter[primary]=false');
    return { stage, send, location: list[0]!.id };
  }

  it.each(['contact', 'configuration'] as const)(
    'takes no other location of a %s, and names the field',
    async (kind) => {
      const { stage, send, location } = await apiOf();
      const [record] = await linked(stage, kind, 1);
      const edited = await send(
        'PATCH',
        `/${kind}s/${record!.recordId}`,
        body(`${kind}s`, { 'location-id': location }),
      );
      expect(edited.status).toBe(422);
      expect(edited.errors[0]).toMatchObject({ source: { pointer: '/data/attributes/location-id' } });
      expect(edited.errors[0]?.detail).toContain('only given by');
    },
  );

  it('takes no other primary location of an organization', async () => {
    const { send, location } = await apiOf();
    const { status, errors } = await send('PATCH', `/locations/${location}`, body('locations', { primary: true }));
    expect(status).toBe(422);
    expect(errors[0]?.detail).toContain('only given by');
  });

  it('makes a new contact with a location of ours in Autotask all the same, where it has that of its address', async () => {
    const { stage, send, location } = await apiOf();
    const [organization] = await linked(stage, 'organization', 1);
    const attributes = { 'organization-id': organization!.recordId, 'first-name': 'Ada', 'last-name': 'Byron' };
    const made = await send('POST', '/contacts', body('contacts', { ...attributes, 'location-id': location }));
    expect([made.status, made.errors]).toEqual([201, undefined]);
    await start(stage, 'contact', { recordId: made.data.id });
    await settled(stage, { recordId: made.data.id });
    expect((await send('GET', `/contacts/${made.data.id}`)).data.attributes['location-id']).toBeNull();
    const conflicts = await worker.database.withTenant(stage.home.tenantId, (tx) => tx.db.query.conflicts.findMany());
    expect(conflicts.map(({ field }) => field)).toContain('location');
  });
});
