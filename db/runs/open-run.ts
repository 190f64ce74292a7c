import { sql } from 'drizzle-orm';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { LookupList } from '../../domain/fields.ts';
import type { RunSettings } from '../../domain/run-settings.ts';
import type { TenantTx } from '../database.ts';
import type { IntegrationSettings } from '../schema/integrations.ts';
import type { RunJob } from '../schema/runs.ts';

export interface OpenRun {
  readonly integrationId: string;
  readonly job: RunJob;
  readonly dryRun: boolean;
  readonly trigger: string;
  readonly mappingVersion: number;
  /** Kinds that the job reads. */
  readonly kinds: readonly Kind[];
  readonly workflowId: string;
  /** The first execution's id of a chain of continued ones, so that a continued workflow finds its run again. */
  readonly workflowRunId: string;
}

export interface OpenedRun {
  readonly runId: string;
  readonly fence: number;
  readonly settings: RunSettings;
}

/**
 * Begins a run, or finds the one that this workflow began before: raises the integration's fence, so that whoever wrote
 * until now can't any more, closes what a run left open that died, and freezes settings and ticks.
 */
export async function openRun(tx: TenantTx, input: OpenRun): Promise<OpenedRun> {
  const [again] = await tx.db.execute<{ id: string; fence: string; settings: RunSettings }>(sql`
    select id, fence, settings from runs where tenant_id = ${tx.tenantId} and integration_id = ${input.integrationId}
      and workflow_id = ${input.workflowId} and workflow_run_id = ${input.workflowRunId} and state = 'running'
    order by id desc limit 1`);
  const [integration] = await tx.db.execute<{
    fence: string;
    settings: IntegrationSettings;
    settings_version: number;
  }>(sql`
    update integrations set fence = fence + 1 where tenant_id = ${tx.tenantId} and id = ${input.integrationId}
    returning fence, settings, settings_version`);
  if (!integration) throw new Error(`integration ${input.integrationId} does not exist`);
  const fence = Number(integration.fence);
  if (again) {
    await tx.db.execute(sql`
      update runs set fence = ${fence}, state = 'running', finished_at = null, error_code = null, error_text = null
      where tenant_id = ${tx.tenantId} and id = ${again.id}`);
    return { runId: again.id, fence, settings: again.settings };
  }
  await closeAbandonedRuns(tx, input.integrationId);
  const settings = await freezeSettings(tx, input.integrationId, integration.settings);
  const [run] = await tx.db.execute<{ id: string }>(sql`
    insert into runs (tenant_id, integration_id, job, dry_run, trigger, fence, settings, settings_version, mapping_version,
      started_seq, workflow_id, workflow_run_id)
    values (${tx.tenantId}, ${input.integrationId}, ${input.job}, ${input.dryRun}, ${input.trigger}, ${fence},
      ${JSON.stringify(settings)}::jsonb, ${integration.settings_version}, ${input.mappingVersion}, nextval('sync_seq'),
      ${input.workflowId}, ${input.workflowRunId})
    returning id`);
  if (!run) throw new Error('the run could not be written');
  // How many records there are: what the last run read, unless other ticks or settings let it read others.
  for (const kind of KINDS.filter((k) => input.kinds.includes(k))) {
    await tx.db.execute(sql`
      insert into run_ranges (tenant_id, run_id, kind, expected)
      values (${tx.tenantId}, ${run.id}, ${kind}, (
        select r.read from run_ranges r join runs u on u.tenant_id = r.tenant_id and u.id = r.run_id
        where r.tenant_id = ${tx.tenantId} and u.integration_id = ${input.integrationId} and u.settings_version = ${integration.settings_version}
          and r.kind = ${kind} and r.state <> 'open'
        order by u.id desc limit 1))`);
  }
  return { runId: run.id, fence, settings };
}

/** Only one run an integration is alive; whatever else says so was cut off without a word. */
async function closeAbandonedRuns(tx: TenantTx, integrationId: string): Promise<void> {
  await tx.db.execute(sql`
    update runs set state = 'failed', finished_at = now(), error_code = 'abandoned',
      error_text = 'its workflow ended without closing it (terminated, reset, or lost with the orchestrator''s data)'
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and state = 'running'`);
}

/** Settings and ticks as they stand now. */
export async function freezeSettings(
  tx: TenantTx,
  integrationId: string,
  settings: IntegrationSettings,
): Promise<RunSettings> {
  const rows = await tx.db.execute<{ list: LookupList; ids: string[] }>(sql`
    select list, array_agg(psa_id order by psa_id) as ids from lookup_links
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and ticked group by list`);
  const { contactsSync, twoWay, keepLocalWhenBlank, pull = {} } = settings;
  return {
    contactsSync,
    twoWay,
    keepLocalWhenBlank,
    pull,
    ticked: Object.fromEntries(rows.map((row) => [row.list, row.ids])),
  };
}
