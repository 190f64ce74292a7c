import { beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '../../../db/integrations/change-settings.ts';
import type { Kind } from '../../../domain/kinds.ts';
import type { LocalValues, PsaValues } from '../../../domain/values.ts';
import type { Their } from '../../oracle/theirs.ts';
import { recordOf } from '../../support/pretend-sync.ts';
import { edited, linked, made, pushStage, type PushStage, settled, start } from '../../support/push.ts';
import { testWorker, type TestWorker } from '../../support/sync.ts';
import type { Subject, World } from '../contract/subject.ts';
import { CASES } from '../contract/subjects.ts';
import { worldOf } from '../contract/world.ts';

const TWO_WAY = CASES.flatMap(({ name, subject }) =>
  subject.writing ? [{ name, subject, writing: subject.writing }] : [],
);

let worker: TestWorker;

beforeAll(async () => {
  // An answer that is lost is waited for as long as it may take: kept short here.
  worker = await testWorker({ psaTimeoutMs: 3_000, writeGraceMs: 500 });
});

describe.each(TWO_WAY)('what people save goes on to $name', ({ subject, writing }) => {
  async function stageFor(): Promise<{ readonly stage: PushStage; readonly world: World }> {
    const stage = await pushStage(worker, {}, {}, subject);
    const { tenantId, integrationId } = stage.home;
    const world = worldOf(subject, stage.simulator);
    const push = writing.settings?.(world) ?? {};
    await worker.database.withTenant(tenantId, (tx) => changeSettings(tx, integrationId, { push }));
    return { stage, world };
  }

  it('an edit of a contact stands in the PSA', async () => {
    const { stage } = await stageFor();
    const [contact] = await linked(stage, 'contact', 1);
    await edited(stage, 'contact', contact!, { title: 'Keeper of the Engine' });
    expect(theirs(subject, stage, 'contact', contact!.psaId)).toMatchObject({ title: 'Keeper of the Engine' });
  });

  it('an edit takes three requests: one to read the record, one to change it, one to see what came of it', async () => {
    const { stage } = await stageFor();
    const [first, second] = await linked(stage, 'contact', 2);
    await edited(stage, 'contact', first!, { title: 'Keeper of the Engine' }); // logs in
    stage.simulator.admin.clearRequests();
    await edited(stage, 'contact', second!, { title: 'Keeper of the Engine' });
    expect(stage.simulator.admin.requests().requests).toHaveLength(3);
  });

  it('a new contact is made there, once, and is in step from then on', async () => {
    const { stage, world } = await stageFor();
    const before = new Set(world.records('contact').map(({ id }) => id));
    const values = writing.kinds.contact!.create(world);
    const record = await made(stage, 'contact', await ours(stage, values));
    await start(stage, 'contact', record);
    await settled(stage, record);
    const news = world.records('contact').filter(({ id }) => !before.has(id));
    expect(news.map(({ fields }) => [fields['firstName'], fields['lastName']])).toEqual([
      [values['firstName'], values['lastName']],
    ]);
    expect(await recordOf(worker.database, stage.home, 'contact', news[0]!.id)).toBe(record.recordId);
  });

  it('a new contact whose answer is lost is made once all the same', async () => {
    const { stage, world } = await stageFor();
    const { create, makes } = writing.kinds.contact!;
    const values = create(world);
    stage.simulator.admin.addFaults([{ kind: 'lost-answer', ...makes, count: 1 }]);
    const record = await made(stage, 'contact', await ours(stage, values));
    await start(stage, 'contact', record);
    await settled(stage, record);
    const news = world.records('contact').filter(({ fields }) => fields['lastName'] === values['lastName']);
    expect(news).toHaveLength(1);
  });
});

function theirs(subject: Subject, stage: PushStage, kind: Kind, psaId: string): Readonly<Record<string, Their>> {
  const record = worldOf(subject, stage.simulator)
    .records(kind)
    .find(({ id }) => id === psaId);
  return record?.fields ?? {};
}

/** A new contact as it is entered here: by our ids of what it belongs to. */
async function ours({ home }: PushStage, values: PsaValues): Promise<LocalValues> {
  const entries = await Promise.all(
    Object.entries(values).map(async ([field, value]) => {
      const target = REFERENCES[field];
      if (target === undefined || typeof value !== 'string') return [field, value] as const;
      return [field, await recordOf(worker.database, home, target, value)] as const;
    }),
  );
  return Object.fromEntries(entries) as LocalValues;
}

const REFERENCES: Readonly<Record<string, Kind>> = { organization: 'organization', location: 'location' };
