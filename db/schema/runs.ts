import { bigint, boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { RunSettings } from '../../domain/run-settings.ts';
import { at, integrationId, ownId, tenantId } from './columns.ts';
import { integrations } from './integrations.ts';

export const RUN_JOBS = ['full', 'contact'] as const;
export type RunJob = (typeof RUN_JOBS)[number];

export const RUN_STATES = ['running', 'completed', 'completed_with_rejects', 'failed', 'cancelled'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** One execution of a full sync or contact sync. */
export const runs = pgTable(
  'runs',
  {
    id: ownId(),
    tenantId: tenantId(),
    integrationId: integrationId(),
    job: text('job').$type<RunJob>().notNull(),
    dryRun: boolean('dry_run').notNull().default(false),
    /** `operator`, `schedule`, `settings`. */
    trigger: text('trigger').notNull(),
    state: text('state').$type<RunState>().notNull().default('running'),
    /** The integration's fence as this run raised it. */
    fence: bigint('fence', { mode: 'number' }).notNull(),
    /** Settings and ticks as they stood when it began. */
    settings: jsonb('settings').$type<RunSettings>().notNull(),
    settingsVersion: integer('settings_version').notNull(),
    mappingVersion: integer('mapping_version').notNull(),
    /** The sequence of reads and writes when it began: links with a newer base are not swept. */
    startedSeq: bigint('started_seq', { mode: 'number' }).notNull(),
    workflowId: text('workflow_id').notNull(),
    workflowRunId: text('workflow_run_id').notNull(),
    /** Reason code of a failure, and the same for people. */
    errorCode: text('error_code'),
    errorText: text('error_text'),
    /** Words of note: nothing ticked, a sweep that waits. */
    remarks: jsonb('remarks').$type<readonly string[]>().notNull().default([]),
    startedAt: at('started_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('runs_recent').on(t.integrationId, t.id),
    foreignKey({
      name: 'runs_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
  ],
);
