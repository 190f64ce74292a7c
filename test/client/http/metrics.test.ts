import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiMetrics, type Metrics } from '../../../client/http/metrics.ts';
import { serveMetrics } from '../../../client/http/serve-metrics.ts';
import type { AddressInfo } from 'node:net';
import type { Database } from '../../../db/database.ts';
import { leaseBudget } from '../../../db/integrations/lease-budget.ts';
import { readTenant } from '../../../db/tenants.ts';
import { atEnd } from '../../support/at-end.ts';
import { testDatabase } from '../../support/database.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';
import { ownApi } from './own-api.ts';

let database: Database;
let home: TestIntegration;
let tenant: string;
let metrics: Metrics;

beforeAll(async () => {
  ({ database } = await testDatabase());
  home = await testIntegration(database, { requestsPerWindow: 100, windowSeconds: 3600 });
  tenant = (await database.withTenant(home.tenantId, readTenant))?.key ?? '';
  metrics = apiMetrics(database);
});

/** The numbers of a metric, by what stands between its braces. */
async function numbers(name: string, from = metrics): Promise<Record<string, number>> {
  const lines = (await from.read())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => {
      const [, labels = '', value] = /^\w+(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      return [labels, Number(value)];
    }),
  );
}

const whose = () => `tenant="${tenant}",integration="connectwise"`;

describe('the metrics', () => {
  it('count pushes that are not over by state, and say how long the oldest pending one has waited', async () => {
    await database.withTenant(home.tenantId, async (tx) => {
      for (const [id, state, seconds] of [
        [1, 'pending', 90],
        [2, 'pending', 20],
        [3, 'failed', 500],
        [4, 'pushed', 900],
      ] as const)
        await tx.db.execute(sql`
          insert into pushes (tenant_id, integration_id, kind, record_id, state, origin, requested_at)
          values (${home.tenantId}, ${home.integrationId}, 'contact', ${id}, ${state}, 'edit', now() - make_interval(secs => ${seconds}))`);
    });
    expect(await numbers('psa_sync_pushes')).toEqual({
      [`${whose()},state="pending"`]: 2,
      [`${whose()},state="failed"`]: 1,
    });
    const lag = (await numbers('psa_sync_oldest_pending_edit_seconds'))[whose()];
    expect(lag).toBeGreaterThanOrEqual(90);
    expect(lag).toBeLessThan(500);

    await database.withTenant(home.tenantId, (tx) => tx.db.execute(sql`update pushes set state = 'pushed'`));
    expect(await numbers('psa_sync_pushes')).toEqual({});
    expect(await numbers('psa_sync_oldest_pending_edit_seconds')).toEqual({});
  });

  it("say what is left of each integration's request window", async () => {
    expect(await numbers('psa_sync_budget_left_requests')).toEqual({ [whose()]: 100 });
    const { integrationId } = home;
    const lease = {
      integrationId,
      window: '',
      lane: '',
      holder: '1',
      inUse: 0,
      tokens: 30,
      slots: 1,
      slotSeconds: 1,
      reserve: 0,
    };
    await database.withTenant(home.tenantId, (tx) => leaseBudget(tx, lease));
    expect(await numbers('psa_sync_budget_left_requests')).toEqual({ [whose()]: 70 });
  });

  it('count requests by route and status, and never by what was asked for', async () => {
    const api = await ownApi({ database, parts: [metrics.part] });
    const caller = await api.caller(home.tenantId);
    await caller.get('/runs/4711');
    await caller.get('/attention');
    await caller.get('/nonsense/of-all-sorts');
    const counted = await numbers('psa_sync_api_requests_total');
    expect(counted).toMatchObject({
      'method="GET",route="/psa-sync/v1/runs/:id",status="404"': 1,
      'method="GET",route="/psa-sync/v1/attention",status="200"': 1,
      'method="GET",route="none",status="404"': 1,
    });
    const text = await metrics.read();
    expect(text).not.toMatch(/4711|nonsense|psk_|Ada/);
    expect(text).toMatch(
      /psa_sync_api_request_seconds_bucket\{le="0.1",method="GET",route="\/psa-sync\/v1\/attention"\} 1/,
    );
  });

  it('tell of a database that is away, and go on with what the process knows', async () => {
    const away = apiMetrics({ ...database, withDirectory: () => Promise.reject(new Error('away')) });
    expect(await numbers('psa_sync_database_up', away)).toEqual({ '': 0 });
    expect(await numbers('psa_sync_database_up')).toEqual({ '': 1 });
  });

  it('are served on a port of their own', async () => {
    const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
    atEnd(() => server.close());
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, metrics.contentType]);
    expect(await response.text()).toContain('# HELP psa_sync_database_up');
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });
});
