import { foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValue } from '../../domain/values.ts';
import { createdAt, id, ownId, tenantId } from './columns.ts';
import { tenants } from './tenants.ts';

/** Where a write came from. Imports and syncs never push. */
export const ORIGINS = ['edit', 'import', 'sync', 'restore'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Old and new values of records; append-only. A creation writes none. */
export const fieldHistory = pgTable(
  'field_history',
  {
    id: ownId(),
    tenantId: tenantId(),
    kind: text('kind').$type<Kind>().notNull(),
    recordId: id('record_id').notNull(),
    source: text('source').$type<Origin>().notNull(),
    /** The run, for a sync. */
    runId: id('run_id'),
    /** Who, for an edit or restore. */
    author: text('author'),
    /** Changed fields with what they were and what they became. */
    changes: jsonb('changes').$type<Record<string, readonly [LocalValue, LocalValue]>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('field_history_record').on(t.recordId, t.id),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.id] }).onDelete('cascade'),
  ],
);
