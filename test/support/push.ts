import { sql } from 'drizzle-orm';
import { startPush } from '../../client/temporal/start-push.ts';
import { linksOfRecord, type RecordLink } from '../../db/links/record-links.ts';
import { listPushes, type PushView } from '../../db/push/list-pushes.ts';
import type { StartablePush } from '../../db/push/open-pushes.ts';
import { valuesOfRow } from '../../db/record-tables.ts';
import type { IntegrationSettings } from '../../db/schema/integrations.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import { type PushInput, pushWorkflowId } from '../../workflows/contracts.ts';
import type { RunningSimulator, SimulatorOptions } from '../../simulator/start.ts';
import { editor } from './edits.ts';
import { ANY_PSA, type ConnectedPsa } from './connected-psa.ts';
import { until } from '../faults/midway.ts';
import { connectTenant, sync, testSimulator, type TestWorker } from './sync.ts';
import type { TestIntegration } from './tenant.ts';

/** A tenant that edits what it has, and the PSA that gets it. */
export interface PushStage {
  readonly worker: TestWorker;
  readonly simulator: RunningSimulator;
  readonly home: TestIntegration;
}

/** A PSA that was synced in full, with two-way sync on. */
export async function pushStage(
  worker: TestWorker,
  options: SimulatorOptions = {},
  settings: Partial<IntegrationSettings> = {},
  psa: ConnectedPsa = ANY_PSA,
): Promise<PushStage> {
  const simulator = await testSimulator({ size: 120, ...options }, psa);
  const home = await connectTenant(worker.database, simulator, { twoWay: true, ...settings }, psa);
  await sync(worker, home);
  simulator.admin.clearRequests();
  return { worker, simulator, home };
}

/** A record that is in step. */
export interface Linked {
  readonly recordId: string;
  readonly psaId: string;
}

/** Records of a kind that are in step, the lowest PSA id first. */
export async function linked({ worker, home }: PushStage, kind: Kind, count: number): Promise<Linked[]> {
  const rows = await worker.database.withTenant(home.tenantId, (tx) =>
    tx.db.execute<Linked & Record<string, unknown>>(sql`
      select record_id as "recordId", psa_id as "psaId" from links where kind = ${kind} and state = 'live'
      order by length(psa_id), psa_id limit ${count}`),
  );
  if (rows.length < count) throw new Error(`only ${rows.length} ${kind}s are in step`);
  return [...rows];
}

/** Saves an edit as a person does; starts nothing. */
export async function edit(
  { worker, home }: PushStage,
  { recordId }: Pick<Linked, 'recordId'>,
  set: LocalValues,
): Promise<void> {
  await editor(worker.database, home).edit(recordId, set);
}

/** Makes a record as a person does, and asks for its push; starts nothing. */
export async function made(
  { worker, home }: PushStage,
  kind: Kind,
  values: LocalValues,
): Promise<{ recordId: string }> {
  return editor(worker.database, home).make(kind, values);
}

function startable({ home }: PushStage, kind: Kind, { recordId }: Pick<Linked, 'recordId'>): StartablePush {
  return { ...home, tenantKey: home.tenantId, integrationKey: home.provider, kind, recordId };
}

export async function start(stage: PushStage, kind: Kind, record: Pick<Linked, 'recordId'>): Promise<void> {
  await startPush(stage.worker.client, startable(stage, kind, record));
}

export function workflowOf(stage: PushStage, kind: Kind, record: Pick<Linked, 'recordId'>) {
  const { tenantId, integrationId, provider } = stage.home;
  const names = { tenantKey: tenantId, integrationKey: provider, provider };
  const input: PushInput = { tenantId, integrationId, kind, recordId: record.recordId, names };
  return stage.worker.client.workflow.getHandle(pushWorkflowId(input));
}

export async function pushOf({ worker, home }: PushStage, { recordId }: Pick<Linked, 'recordId'>): Promise<PushView> {
  const [push] = await worker.database.withTenant(home.tenantId, (tx) => listPushes(tx, { recordId }, 1));
  if (!push) throw new Error(`record ${recordId} has no push`);
  return push;
}

/** Waits until a push is in a state. */
export async function settled(
  stage: PushStage,
  record: Pick<Linked, 'recordId'>,
  state: PushView['state'] = 'pushed',
): Promise<PushView> {
  await until(async () => (await pushOf(stage, record)).state === state);
  return pushOf(stage, record);
}

/** A row of the PSA. */
export function psaRow<T extends object>({ simulator }: PushStage, collection: string, psaId: string): T {
  for (const row of simulator.admin.state(collection) as Iterable<T & { id: number }>)
    if (String(row.id) === psaId) return row;
  throw new Error(`the PSA has no ${collection} ${psaId}`);
}

/** The record as our table has it. */
export async function ours({ worker, home }: PushStage, kind: Kind, { recordId }: Pick<Linked, 'recordId'>) {
  const [row] = await worker.database.withTenant(home.tenantId, (tx) =>
    tx.db.execute(sql`select * from ${sql.raw(`${kind}s`)} where id = ${recordId}`),
  );
  return valuesOfRow(kind, row ?? {});
}

/** An edit, pushed to its end. */
export async function edited(
  stage: PushStage,
  kind: Kind,
  record: Pick<Linked, 'recordId'>,
  set: LocalValues,
): Promise<PushView> {
  await edit(stage, record, set);
  await start(stage, kind, record);
  return settled(stage, record);
}

/** What the page of the workflow tells people. */
export async function detailsOf(stage: PushStage, kind: Kind, record: Pick<Linked, 'recordId'>): Promise<string> {
  const metadata = await workflowOf(stage, kind, record).query<{ currentDetails?: string }>(
    '__temporal_workflow_metadata',
  );
  return metadata.currentDetails ?? '';
}

/** Rows of the PSA. */
export function psaRows<T extends object>({ simulator }: PushStage, collection: string): T[] {
  return [...(simulator.admin.state(collection) as Iterable<T>)];
}

/** The tie of a record; null without one. */
export async function linkOf(
  { worker, home }: PushStage,
  { recordId }: Pick<Linked, 'recordId'>,
): Promise<RecordLink | null> {
  const [link] = await worker.database.withTenant(home.tenantId, (tx) => linksOfRecord(tx, recordId));
  return link ?? null;
}

/** All that the orchestrator keeps of a push, its payloads readable. */
export async function historyOf(stage: PushStage, kind: Kind, record: Pick<Linked, 'recordId'>): Promise<string> {
  const { events } = await workflowOf(stage, kind, record).fetchHistory();
  return JSON.stringify(events, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key];
    return original instanceof Uint8Array ? Buffer.from(original).toString() : value;
  });
}
