import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { requestLog } from '../../../client/http/request-log.ts';
import { testDatabase } from '../../support/database.ts';
import { testIntegration } from '../../support/tenant.ts';
import { ownApi } from './own-api.ts';

describe('the log of requests', () => {
  it('has a line a request, with who and which route, and neither keys nor contents', async () => {
    const { database } = await testDatabase();
    const home = await testIntegration(database);
    const stream = new PassThrough();
    const logger = pino({ base: null }, stream);
    const api = await ownApi({ database, parts: [requestLog], deps: { logger } });
    const caller = await api.caller(home.tenantId, { name: 'Ada Lovelace' });
    await caller.get(`/runs?filter[workflow_run_id]=Somebody`);
    await caller.patch(`/integrations/${home.integrationId}/sync_settings`, {
      attributes: { push: { secret: 'content' } },
    });
    await api.as(`psk_${'w'.repeat(43)}`).get('/runs');
    const text = String(stream.read());
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg, route }) => msg === 'request' && route !== '/openapi.json');
    expect(lines).toMatchObject([
      { method: 'GET', route: '/psa-sync/v1/runs', status: 200, tenant: expect.stringMatching(/^tenant-/) as string },
      { method: 'PATCH', route: '/psa-sync/v1/integrations/:id/sync_settings', status: 422 },
      { method: 'GET', route: '/psa-sync/v1/runs', status: 401 },
    ]);
    expect(lines[2]).not.toHaveProperty('tenant');
    expect(text).not.toMatch(/psk_|Somebody|Lovelace|content/);
  });
});
