import { beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '../../../db/integrations/change-settings.ts';
import type { LocalValues } from '../../../domain/values.ts';
import { housekeeping } from '../../support/housekeeping.ts';
import {
  detailsOf,
  edit,
  edited,
  linked,
  linkOf,
  made,
  ours,
  psaRow,
  pushOf,
  pushStage,
  type PushStage,
  settled,
  start,
  workflowOf,
} from '../../support/push.ts';
import { sync, testWorker, type TestWorker } from '../../support/sync.ts';
import { kaseyaBms } from '../contract/subjects/kaseya-bms.ts';
import { worldOf } from '../contract/world.ts';

const ADDRESS = { address1: '12 Foundry Lane', city: 'Ghent' };
const PERSON: LocalValues = {
  firstName: 'Ada',
  lastName: 'Byron-Lovelace',
  emails: [{ value: 'ada@engines.example', type: 'Work', primary: true }],
  phones: [{ value: '555-0101', extension: null, type: 'Work', primary: true }],
};

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

/** A synced contact, and a location of its organization that exists here alone. */
async function stageFor() {
  const stage = await pushStage(worker, {}, {}, kaseyaBms);
  const push = kaseyaBms.writing!.settings!(worldOf(kaseyaBms, stage.simulator));
  const { tenantId, integrationId } = stage.home;
  await worker.database.withTenant(tenantId, (tx) => changeSettings(tx, integrationId, { push }));
  const [contact] = await linked(stage, 'contact', 1);
  const { organization, location } = (await ours(stage, 'contact', contact!)) as Record<string, string>;
  const branch = await made(stage, 'location', { organization: organization!, name: 'Branch', ...ADDRESS });
  const account = Number((await linkOf(stage, { recordId: organization! }))?.psaId);
  return { stage, contact: contact!, organization: organization!, location: location!, branch, account };
}

/** What a person does in the PSA. */
const makeThere = ({ simulator: { admin } }: PushStage, accountId: number): number => {
  const addresses = [{ id: 1, ...ADDRESS, isMain: true }];
  const [id] = admin.putRows('locations', [{ accountId, locationName: 'Branch', isActive: true, addresses }]);
  return id!;
};

describe('what is saved for Kaseya BMS with a location that exists here alone', () => {
  it('waits for it: named, with what to do, while the rest of an edit stands in the PSA', async () => {
    const { stage, contact, location, branch } = await stageFor();
    await edit(stage, contact, { title: 'Keeper of the Engine', location: branch.recordId });
    await start(stage, 'contact', contact);
    const { waitsFor, reason } = await settled(stage, contact, 'waiting');
    expect(waitsFor).toBe(branch.recordId);
    expect(reason).toBe(
      `Its location "Branch" (record ${branch.recordId}) is not in the PSA, whose API takes none: ` +
        'make it there as it stands here, and the next full sync ties the two; or choose another location.',
    );
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ jobTitle: 'Keeper of the Engine' });

    await edited(stage, 'contact', contact, { location });
    expect(await pushOf(stage, contact)).toMatchObject({ state: 'pushed', fields: [], waitsFor: null });
  });

  it('is not told that its location is blank where it is new, and all else that it lacks is said as well', async () => {
    const { stage, organization, branch } = await stageFor();
    const person = await made(stage, 'contact', { ...PERSON, organization, location: branch.recordId, phones: [] });
    await start(stage, 'contact', person);
    const { reason } = await settled(stage, person, 'failed');
    expect(reason).toMatch(/phones is blank.* Its location "Branch" .* is not in the PSA, whose API takes none/u);
    expect(reason).not.toContain('location is blank');
    expect(await detailsOf(stage, 'contact', person)).not.toContain('Branch');

    await edit(stage, person, { phones: PERSON['phones']! });
    await start(stage, 'contact', person);
    expect(await settled(stage, person, 'waiting')).toMatchObject({ waitsFor: branch.recordId });
  });

  it('follows once a person has made the location in the PSA: the next full sync ties the two, and all is pushed', async () => {
    const { stage, contact, organization, branch, account } = await stageFor();
    await start(stage, 'location', branch);
    await settled(stage, branch, 'failed');
    const person = await made(stage, 'contact', { ...PERSON, organization, location: branch.recordId });
    await start(stage, 'contact', person);
    await settled(stage, person, 'waiting');
    await edit(stage, contact, { location: branch.recordId });
    await start(stage, 'contact', contact);
    await settled(stage, contact, 'waiting');

    const there = makeThere(stage, account);
    await sync(worker, stage.home);
    expect(await linkOf(stage, branch)).toMatchObject({ psaId: String(there), rule: 'address', state: 'live' });
    await housekeeping(worker);

    await settled(stage, branch);
    expect(await workflowOf(stage, 'location', branch).result()).toEqual({ state: 'pushed' });
    for (const one of [person, contact]) {
      await settled(stage, one);
      const { psaId = '' } = (await linkOf(stage, one)) ?? {};
      expect(psaRow(stage, 'contacts', psaId)).toMatchObject({ locationId: there });
    }
  });
});
