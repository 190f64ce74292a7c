import { sql } from 'drizzle-orm';
import { startPush } from '../../client/temporal/start-push.ts';
import { listPushes, type PushView } from '../../db/push/list-pushes.ts';
import type { StartablePush } from '../../db/push/open-pushes.ts';
import { RECORD_TABLES, valuesOfRow } from '../../db/record-tables.ts';
import type { IntegrationSettings } from '../../db/schema/integrations.ts';
import type { Kind } from '../../domain/kinds.ts';
import { type PushInput, pushWorkflowId } from '../../workflows/contracts.ts';
import type { RunningSimulator, SimulatorOptions } from '../../simulator/start.ts';
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
): Promise<PushStage> {
  const simulator = await testSimulator({ size: 120, ...options });
  const home = await connectTenant(worker.database, simulator, { twoWay: true, ...settings });
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

/** Writes a field as a person does, and asks for its push; starts nothing. */
export async function edit(
  { worker, home }: PushStage,
  kind: Kind,
  { recordId }: Pick<Linked, 'recordId'>,
  set: Readonly<Record<string, string | null>>,
): Promise<void> {
  await worker.database.withTenant(home.tenantId, async (tx) => {
    for (const [field, value] of Object.entries(set)) {
      await tx.db.execute(
        sql`update ${sql.raw(`${kind}s`)} set ${sql.raw(columnOf(kind, field))} = ${value} where id = ${recordId}`,
      );
      await tx.db.execute(sql`
        insert into pending_edits (tenant_id, integration_id, kind, record_id, field, value, version, origin, author)
        values (${home.tenantId}, ${home.integrationId}, ${kind}, ${recordId}, ${field}, ${JSON.stringify(value)}::jsonb, 1, 'edit', 'Ada')
        on conflict (record_id, integration_id, field, tenant_id) do update set value = excluded.value, version = pending_edits.version + 1`);
    }
    await tx.db.execute(sql`
      insert into pushes (tenant_id, integration_id, kind, record_id, origin, author)
      values (${home.tenantId}, ${home.integrationId}, ${kind}, ${recordId}, 'edit', 'Ada')
      on conflict (record_id, integration_id, tenant_id) do update set state = 'pending', version = pushes.version + 1,
        reason_code = null, reason = null, attempts = 0, requested_at = now()`);
  });
}

function columnOf(kind: Kind, field: string): string {
  return RECORD_TABLES[kind].columns.find((column) => column.field === field)?.column ?? field;
}

export function startable({ home }: PushStage, kind: Kind, { recordId }: Pick<Linked, 'recordId'>): StartablePush {
  return { ...home, tenantKey: home.tenantId, integrationKey: 'connectwise', provider: 'connectwise', kind, recordId };
}

export async function start(stage: PushStage, kind: Kind, record: Pick<Linked, 'recordId'>): Promise<void> {
  await startPush(stage.worker.client, startable(stage, kind, record));
}

export function workflowOf(stage: PushStage, kind: Kind, record: Pick<Linked, 'recordId'>) {
  const { tenantId, integrationId } = stage.home;
  const names = { tenantKey: tenantId, integrationKey: 'connectwise', provider: 'connectwise' };
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
  set: Readonly<Record<string, string | null>>,
): Promise<PushView> {
  await edit(stage, kind, record, set);
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
