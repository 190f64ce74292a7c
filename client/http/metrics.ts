import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../../db/database.ts';
import { measureBudgets, measurePushes } from '../../db/metrics/measure-sync.ts';
import type { ApiPart } from './deps.ts';

/** What Prometheus asks for. Labels are keys, routes and states: no name, no content, no API key. */
export interface Metrics {
  /** Counts the requests of an API. */
  readonly part: ApiPart;
  readonly contentType: string;
  /** All numbers as of now, in Prometheus' text form. While the database is away, those of the process alone. */
  read(): Promise<string>;
}

/** Seconds; an edit is meant to take less than a tenth of one. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const WHOSE = ['tenant', 'integration'] as const;

export function apiMetrics(database: Database): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'psa_sync_api_requests_total',
    help: 'Requests by route and status.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'psa_sync_api_request_seconds',
    help: 'How long requests took to answer.',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers,
  });
  const gauges = syncGauges(registry);
  return {
    part(server) {
      server.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
        // What has no route could be any address, and there is no end to those.
        const route = routeOptions.url ?? 'none';
        requests.inc({ method, route, status: statusCode });
        durations.observe({ method, route }, elapsedTime / 1000);
      });
    },
    contentType: registry.contentType,
    async read() {
      await gauges.measure(database);
      return registry.metrics();
    },
  };
}

/** How syncing stands, over all tenants. */
function syncGauges(registry: Registry) {
  const registers = [registry];
  const up = new Gauge({ name: 'psa_sync_database_up', help: '1 while the database answers.', registers });
  const pushes = new Gauge({
    name: 'psa_sync_pushes',
    help: 'Pushes that are not over, by state.',
    labelNames: [...WHOSE, 'state'],
    registers,
  });
  const oldest = new Gauge({
    name: 'psa_sync_oldest_pending_edit_seconds',
    help: 'How long the oldest edit that is on its way has waited for its PSA; without one there is no number.',
    labelNames: WHOSE,
    registers,
  });
  const budget = new Gauge({
    name: 'psa_sync_budget_left_requests',
    help: "What is left of an integration's request window.",
    labelNames: WHOSE,
    registers,
  });
  return {
    async measure(database: Database): Promise<void> {
      for (const gauge of [pushes, oldest, budget]) gauge.reset();
      try {
        const open = await measurePushes(database);
        const left = await measureBudgets(database);
        up.set(1);
        for (const { tenant, integration, state, count, oldestSeconds } of open) {
          pushes.set({ tenant, integration, state }, count);
          if (state === 'pending') oldest.set({ tenant, integration }, oldestSeconds);
        }
        for (const { tenant, integration, requests } of left) budget.set({ tenant, integration }, requests);
      } catch {
        up.set(0);
      }
    },
  };
}
