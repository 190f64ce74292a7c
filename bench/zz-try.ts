// throwaway driver for first numbers
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { loadSettings } from '../settings/load-settings.ts';
import { startStack } from '../cli/dev/stack.ts';
import { cacheDirectory } from '../cli/dev/cache-directory.ts';
import { terminalReport } from '../cli/dev/report.ts';
import { openDatabase } from '../db/database.ts';
import { connectTemporal } from '../client/temporal/connect.ts';
import { startSync } from '../client/temporal/start-sync.ts';
import { readRun } from '../db/runs/read-run.ts';
import { freshDatabase, rowsWritten, checkpoint } from './database.ts';
import { connectTenant, REQUESTS_IN_FLIGHT } from './tenant.ts';
import { startSimulator } from './simulator.ts';
import { startWorker } from './worker.ts';
import { startChild } from './children.ts';
import { cpuSeconds } from './process-usage.ts';
import { floorRequests } from './floor/requests.ts';
const size = Number(process.argv[2] ?? 10000);
const latency = Number(process.argv[3] ?? 0);
const profile = process.argv[4];
const dataDir = '/work/main/.psa-sync/bench';
const stack = await startStack({ dataDir, cacheDir: cacheDirectory(undefined), report: terminalReport(process.stderr), preferredPorts: { postgres: 25439, temporal: 27233, temporalUi: 28233 } });
const env: Record<string,string> = {};
try {
  const masterKeys = `bench:${randomBytes(32).toString('base64')}`;
  const base = { TEMPORAL_ADDRESS: stack.temporal.address, PSA_SYNC_MASTER_KEYS: masterKeys, PSA_SYNC_ALLOW_PRIVATE_ADDRESSES: 'true', PSA_SYNC_LOG_LEVEL: 'warn', PSA_SYNC_HOUSEKEEPING_SECONDS: '3600' };
  const keys = loadSettings(base).masterKeys as any;
  const sim = await startSimulator(size);
  console.log('sim', sim.facts.url);
  const client = await connectTemporal({ address: stack.temporal.address, namespace: 'default' });
  const pids: Record<string, number> = { simulator: sim.pid };
  for (const s of stack.servers) pids[s.name] = s.pid;
  const cpu = async () => Object.fromEntries(await Promise.all(Object.entries(pids).map(async ([n, p]) => [n, await cpuSeconds(p)])));
  const diff = (a: any, b: any) => Object.fromEntries(Object.keys(a).map((k) => [k, +(b[k] - a[k]).toFixed(2)]));
  await sim.setLatency(latency);
  const run = async (name: string, url: string, database: any, tenant: any, kinds?: any) => {
    const prof = profile ? `${profile}/${name.replaceAll(' ', '-')}-${size}` : undefined; if (prof) mkdirSync(prof, { recursive: true });
    const worker = await startWorker({ env: { ...base, DATABASE_URL: url }, kinds, profileTo: prof });
    await sim.takeRequests(); await checkpoint(stack.databaseUrl);
    const before = await rowsWritten(url); const c0 = await cpu(); const w0 = await worker.cpuSeconds(); await worker.takeTimes();
    const names = { tenantKey: tenant.tenantKey, integrationKey: 'connectwise', provider: 'connectwise' };
    const started = await startSync(client, 'full', { tenantId: tenant.tenantId, integrationId: tenant.integrationId, names, trigger: 'bench', dryRun: false });
    const handle = client.workflow.getHandle(started.workflowId, started.workflowRunId);
    const result = await handle.result();
    const times = await worker.takeTimes(); const c1 = await cpu(); const w1 = await worker.cpuSeconds(); const peak = await worker.peakMebibytes();
    const d = await handle.describe();
    const wall = (d.closeTime!.getTime() - d.startTime.getTime()) / 1000;
    const log = await sim.takeRequests();
    const history = await handle.fetchHistory();
    const open = new Map(); const acts: any = {};
    for (const e of history.events ?? []) {
      const t = Number(e.eventTime!.seconds) + (e.eventTime!.nanos ?? 0) / 1e9;
      if (e.activityTaskScheduledEventAttributes) { const inp = JSON.parse(Buffer.from(e.activityTaskScheduledEventAttributes.input?.payloads?.[0]?.data as any ?? Buffer.from('{}')).toString()); open.set(String(e.eventId), e.activityTaskScheduledEventAttributes.activityType!.name + ' ' + (inp.kind ?? '')); }
      if (e.activityTaskStartedEventAttributes) open.set('s' + e.activityTaskStartedEventAttributes.scheduledEventId, t as any);
      if (e.activityTaskCompletedEventAttributes) { const id = String(e.activityTaskCompletedEventAttributes.scheduledEventId); const n = open.get(id); const a = (acts[n] ??= { n: 0, s: 0 }); a.n++; a.s = +(a.s + t - (open.get('s' + id) as any)).toFixed(2); }
    }
    await worker.stop();
    await new Promise((r) => setTimeout(r, 500));
    const after = await rowsWritten(url);
    const written: any = {}; for (const t of Object.keys(after)) if (after[t] !== before[t]) written[t] = after[t]! - (before[t] ?? 0);
    const view = await database.withTenant(tenant.tenantId, (tx: any) => readRun(tx, { id: (result as any).runId }));
    const counts = view!.ranges.map((r: any) => `${r.kind} ${JSON.stringify(r.counts)}`);
    console.log(`\n### ${name} size=${size} latency=${latency}: wall ${wall.toFixed(2)} s, state ${(result as any).state}, events ${d.historyLength}, peak ${peak.toFixed(0)} MiB`);
    console.log('cpu worker', (w1 - w0).toFixed(2), diff(c0, c1)); console.log('times ms', Object.fromEntries(Object.entries(times).map(([k, v]) => [k, Math.round(v as number)])));
    console.log('activities', acts); console.log('written', written); console.log(counts.join('\n')); 
    const by: any = {}; const reqs = floorRequests(log); for (const k of Object.keys(reqs)) by[k] = (reqs as any)[k].length; console.log('requests', log.length, by);
    return { wall, log };
  };
  const floor = async (name: string, log: any, copy: boolean) => {
    const f = sim.facts; const headers = { authorization: 'Basic ' + Buffer.from(`${f.company}+${f.publicKey}:${f.privateKey}`).toString('base64'), clientid: f.clientId, accept: 'application/vnd.connectwise.com+json; version=2025.1', 'pagination-type': 'forward-only' };
    let copyTo = null;
    if (copy) copyTo = { databaseUrl: await freshDatabase(stack.databaseUrl, 'bench_floor'), tenantId: '1', integrationId: '1' };
    const child = startChild({ file: './floor-process.ts' });
    await checkpoint(stack.databaseUrl);
    await child.ask({ apiUrl: f.apiUrl, headers, requests: floorRequests([]), requestsInFlight: 1, copyTo: null }, 60000).catch((e) => console.log(String(e)));
    const c0 = await cpu(); const w0 = await cpuSeconds(child.pid);
    const { seconds } = await child.ask<{ seconds: number }>({ apiUrl: f.apiUrl, headers, requests: floorRequests(log), requestsInFlight: REQUESTS_IN_FLIGHT, copyTo }, 600000);
    const c1 = await cpu(); const w1 = await cpuSeconds(child.pid);
    await child.stop(); await sim.takeRequests();
    console.log(`--- floor ${name}: ${seconds.toFixed(2)} s, cpu floor ${(w1 - w0).toFixed(2)}`, diff(c0, c1));
    return seconds;
  };
  const lists = (log: any) => log.filter((r: any) => !/sites$/.test(r.path)); const sites = (log: any) => log.filter((r: any) => /sites$/.test(r.path) || /types|statuses/.test(r.path));
  const url = await freshDatabase(stack.databaseUrl, 'bench_sync');
  const database = openDatabase({ url, poolSize: 2, applicationName: 'bench' });
  const tenant = await connectTenant(database, keys, sim.facts, 'bench');
  const first = await run('first', url, database, tenant);
  const f1 = await floor('copy all', first.log, true);
  const unchanged = await run('unchanged', url, database, tenant);
  const f2 = await floor('parse all', unchanged.log, false);
  console.log(`RATIO first/copy ${(first.wall / f1).toFixed(2)}  unchanged/parse ${(unchanged.wall / f2).toFixed(2)}`);
  if (process.argv[5] === 'parts') {
    const LISTS = ['organization', 'contact', 'configuration'];
    const url2 = await freshDatabase(stack.databaseUrl, 'bench_parts'); const db2 = openDatabase({ url: url2, poolSize: 2, applicationName: 'bench' });
    const t2 = await connectTenant(db2, keys, sim.facts, 'bench2');
    const fl = await run('first lists', url2, db2, t2, LISTS); const ffl = await floor('copy lists', fl.log, true);
    const fs = await run('first sites', url2, db2, t2, ['location']); const ffs = await floor('copy sites', fs.log, true);
    const ul = await run('unchanged lists', url2, db2, t2, LISTS); const ful = await floor('parse lists', ul.log, false);
    const us = await run('unchanged sites', url2, db2, t2, ['location']); const fus = await floor('parse sites', us.log, false);
    console.log(`RATIO lists first ${(fl.wall / ffl).toFixed(2)} unchanged ${(ul.wall / ful).toFixed(2)}; sites first ${(fs.wall / ffs).toFixed(2)} unchanged ${(us.wall / fus).toFixed(2)}`);
    await db2.close();
  }
  await database.close(); await client.connection.close(); await sim.stop();
} finally { await stack.stop(); }
