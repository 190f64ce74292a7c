import { foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import { at, id, tenantId } from './columns.ts';
import { runs } from './runs.ts';

/** `incomplete`: ended, but something in it could not be read, so what is missing there proves nothing. */
export const RANGE_STATES = ['open', 'complete', 'incomplete'] as const;
export type RangeState = (typeof RANGE_STATES)[number];

/** How far a run has read one kind, and what became of what it read. The cursor moves in the page's own transaction. */
export const runRanges = pgTable(
  'run_ranges',
  {
    tenantId: tenantId(),
    runId: id('run_id').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    state: text('state').$type<RangeState>().notNull().default('open'),
    cursor: text('cursor'),
    /** Failed tries at this cursor, or at the sweep; back to none when its page is taken, or the sweep is done. */
    tries: integer('tries').notNull().default(0),
    pages: integer('pages').notNull().default(0),
    /** About how many records there are to read, where an earlier run with the same settings or the PSA tells; for progress only. */
    expected: integer('expected'),
    /** When its first page was taken. */
    begunAt: at('begun_at'),
    read: integer('read').notNull().default(0),
    created: integer('created').notNull().default(0),
    linked: integer('linked').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    unchanged: integer('unchanged').notNull().default(0),
    outside: integer('outside').notNull().default(0),
    review: integer('review').notNull().default(0),
    rejected: integer('rejected').notNull().default(0),
    orphaned: integer('orphaned').notNull().default(0),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.kind] }),
    foreignKey({
      name: 'run_ranges_run',
      columns: [t.tenantId, t.runId],
      foreignColumns: [runs.tenantId, runs.id],
    }).onDelete('cascade'),
  ],
);
