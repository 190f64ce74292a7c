import { beforeAll, describe, expect, it } from 'vitest';
import { listNotYetPushed } from '../../../db/push/not-yet-pushed.ts';
import { listIntegrations } from '../../../db/integrations/read-integration.ts';
import { providerRules } from '../../../psa/registry.ts';
import { type Send, sender, testApi } from '../../support/api.ts';
import { linked, linkOf, pushStage, type PushStage, settled, start } from '../../support/push.ts';
import { testWorker, type TestWorker } from '../../support/sync.ts';
import { body, make } from '../../support/synced-home.ts';
import { CASES } from '../contract/subjects.ts';
import { worldOf } from '../contract/world.ts';

/** Whose API makes none, or none while they are made of addresses. */
const WITHOUT_NEW_LOCATIONS = CASES.filter(({ subject: { writing } }) => writing && !writing.kinds.location);

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

describe.each(WITHOUT_NEW_LOCATIONS)(
  'a new location of an organization of $name, which only gives them',
  ({ subject }) => {
    async function stageFor(): Promise<{ stage: PushStage; send: Send; organizationId: string; told: object }> {
      const stage = await pushStage(worker, {}, {}, subject);
      const api = await testApi(worker.database);
      const send = sender(api.url, api.key({ tenantId: stage.home.tenantId }));
      const [organization] = await linked(stage, 'organization', 1);
      const told = {
        integration: stage.home.provider,
        reason: expect.stringContaining('Make it in the PSA') as unknown,
      };
      return { stage, send, organizationId: organization!.recordId, told };
    }

    it('is kept here alone: the answer says so, and the push is refused with the way out', async () => {
      const { stage, send, organizationId, told } = await stageFor();
      const world = worldOf(subject, stage.simulator);
      const before = world.records('location').length;
      const attributes = { 'organization-id': organizationId, name: 'Branch' };
      const { status, data, meta } = await send('POST', '/locations', body('locations', attributes));
      expect(status).toBe(201);
      expect(meta).toEqual({ 'not-pushed': [{ 'record-id': Number(data.id), ...told }] });
      await start(stage, 'location', { recordId: data.id });
      const push = await settled(stage, { recordId: data.id }, 'failed');
      expect(push).toMatchObject({ reasonCode: 'not_writable', name: 'Branch' });
      expect(push.reason).toMatch(/ locations only .*: make it there/u);
      expect(await linkOf(stage, { recordId: data.id })).toBeNull();
      expect(world.records('location')).toHaveLength(before);
      expect((await send('GET', `/locations/${data.id}`)).data.attributes).toMatchObject({
        name: 'Branch',
        'psa-integration': null,
      });
    });

    it('says so in bulk, below its organization and at each later edit, and nothing of an import', async () => {
      const { stage, send, organizationId, told } = await stageFor();
      const two = ['One', 'Two'].map((name) => ({
        type: 'locations',
        attributes: { 'organization-id': organizationId, name },
      }));
      const bulk = await send('POST', '/locations', { data: two });
      expect(bulk.meta).toEqual({ 'not-pushed': bulk.ids.map((id) => ({ 'record-id': Number(id), ...told })) });
      const nested = `/organizations/${organizationId}/relationships/locations`;
      const below = await send('POST', nested, body('locations', { name: 'Three' }));
      expect(below.meta).toEqual({ 'not-pushed': [{ 'record-id': Number(below.data.id), ...told }] });
      const edited = await send('PATCH', `/locations/${below.data.id}`, body('locations', { city: 'Ghent' }));
      expect([edited.status, edited.meta]).toEqual([200, below.meta]);
      const origin = { 'x-psa-sync-origin': 'import' };
      const four = { 'organization-id': organizationId, name: 'Four' };
      const imported = await send('POST', '/locations', body('locations', four), origin);
      expect([imported.status, imported.meta]).toEqual([201, undefined]);
      const waiting = await worker.database.withTenant(stage.home.tenantId, async (tx) => {
        const [integration] = await listIntegrations(tx);
        return listNotYetPushed(
          tx,
          { integration: integration!, kind: 'location', after: null, limit: 10 },
          providerRules,
        );
      });
      expect(waiting.records).toEqual([]);
    });

    it('leaves what the PSA has as it is: an edit of that is refused by name, a delete too', async () => {
      const { stage, send } = await stageFor();
      const [location] = await linked(stage, 'location', 1);
      const edited = await send('PATCH', `/locations/${location!.recordId}`, body('locations', { city: 'Ghent' }));
      expect(edited.status).toBe(422);
      expect(edited.errors[0]).toMatchObject({ source: { pointer: '/data/attributes/city' } });
      expect(edited.errors[0]?.detail).toContain('only given by');
      const deleted = await send('DELETE', '/locations', {
        data: [{ type: 'locations', attributes: { id: location!.recordId } }],
      });
      expect(deleted.status).toBe(422);
      expect(deleted.errors[0]?.detail).toContain('Disable or disconnect');
    });

    it('of an organization that the PSA does not get, says nothing', async () => {
      const { send } = await stageFor();
      const organizationId = await make(send, '/organizations', 'organizations', { name: 'Of no type' });
      const attributes = { 'organization-id': organizationId, name: 'Branch' };
      const { status, meta } = await send('POST', '/locations', body('locations', attributes));
      expect([status, meta]).toEqual([201, undefined]);
    });
  },
);
