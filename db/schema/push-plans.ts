import { bigint, foreignKey, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import { at, createdAt, id, integrationId, ownId, tenantId } from './columns.ts';
import { integrations } from './integrations.ts';

/** `shown`: waits for a yes. `done`: every record was asked for, and none is on its way any more. */
export const PUSH_PLAN_STATES = ['shown', 'confirmed', 'done', 'superseded'] as const;
export type PushPlanState = (typeof PUSH_PLAN_STATES)[number];

/** What pushing everything would send, as a person was shown it: a yes to it is a yes to nothing else. */
export const pushPlans = pgTable(
  'push_plans',
  {
    id: ownId(),
    tenantId: tenantId(),
    integrationId: integrationId(),
    state: text('state').$type<PushPlanState>().notNull().default('shown'),
    /** Of its records with their versions and fields; a list that comes to another one is another list. */
    digest: text('digest').notNull(),
    records: integer('records').notNull(),
    createdAt: createdAt(),
    createdBy: text('created_by'),
    confirmedAt: at('confirmed_at'),
    confirmedBy: text('confirmed_by'),
    finishedAt: at('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: 'push_plans_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
  ],
);

/** `skipped`: it was changed or deleted after it was shown, or may not be pushed any more. */
export const PUSH_PLAN_ITEM_STATES = ['planned', 'asked', 'skipped'] as const;
export type PushPlanItemState = (typeof PUSH_PLAN_ITEM_STATES)[number];

/** A record of a plan. */
export const pushPlanItems = pgTable(
  'push_plan_items',
  {
    tenantId: tenantId(),
    planId: id('plan_id').notNull(),
    /** In the order in which they are sent: organizations before what belongs to them. */
    position: integer('position').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    recordId: id('record_id').notNull(),
    name: text('name'),
    /** Null: it would be made in the PSA. Otherwise the fields that would be sent. */
    fields: jsonb('fields').$type<readonly string[]>(),
    /** Of the record when it was shown. */
    version: bigint('version', { mode: 'number' }).notNull(),
    state: text('state').$type<PushPlanItemState>().notNull().default('planned'),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.position, t.tenantId] }),
    foreignKey({
      name: 'push_plan_items_plan',
      columns: [t.tenantId, t.planId],
      foreignColumns: [pushPlans.tenantId, pushPlans.id],
    }).onDelete('cascade'),
  ],
);
