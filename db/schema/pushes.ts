import { sql } from 'drizzle-orm';
import { bigint, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import type { PushReason, PushState } from '../../domain/push-states.ts';
import { at, createdAt, id, integrationId, tenantId } from './columns.ts';
import type { Origin } from './field-history.ts';
import { integrations } from './integrations.ts';

/**
 * That a record of ours is to reach one PSA, and how far that is: a row an integration and record, asked for by an edit,
 * a restore or a person. Its fields on their way are in `pending_edits`.
 */
export const pushes = pgTable(
  'pushes',
  {
    tenantId: tenantId(),
    integrationId: integrationId(),
    kind: text('kind').$type<Kind>().notNull(),
    recordId: id('record_id').notNull(),
    state: text('state').$type<PushState>().notNull().default('pending'),
    /** Rises with every request: a push is over only if nobody asked again meanwhile. */
    version: bigint('version', { mode: 'number' }).notNull().default(1),
    /** Of the newest request. */
    origin: text('origin').$type<Origin>().notNull(),
    author: text('author'),
    requestedAt: at('requested_at').notNull().defaultNow(),
    /** Why it failed, waits or needs attention: a code of a closed list, and plain words that may name values. */
    reasonCode: text('reason_code').$type<PushReason>(),
    reason: text('reason'),
    /** The record of ours that has to be in the PSA first. */
    waitsFor: id('waits_for'),
    /** Attempts since the newest request. */
    attempts: integer('attempts').notNull().default(0),
    /** When it was pushed, failed or discarded. */
    settledAt: at('settled_at'),
    /** Who had it tried again last, and when. */
    retriedBy: text('retried_by'),
    retriedAt: at('retried_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.integrationId, t.tenantId] }),
    index('pushes_open')
      .on(t.tenantId, t.state, t.requestedAt)
      .where(sql`state in ('pending', 'waiting', 'failed', 'attention')`),
    // Few, and looked for every minute among all that were ever pushed.
    index('pushes_untold')
      .on(t.tenantId, t.requestedAt)
      .where(sql`state = 'discarded' and settled_at is null`),
    index('pushes_waiting')
      .on(t.waitsFor)
      .where(sql`state = 'waiting'`),
    foreignKey({
      name: 'pushes_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
  ],
);
