import { bigint, foreignKey, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValue } from '../../domain/values.ts';
import { createdAt, id, integrationId, tenantId } from './columns.ts';
import type { Origin } from './field-history.ts';
import { integrations } from './integrations.ts';

/** A field that a person changed and one PSA does not have yet. */
export const pendingEdits = pgTable(
  'pending_edits',
  {
    tenantId: tenantId(),
    integrationId: integrationId(),
    kind: text('kind').$type<Kind>().notNull(),
    recordId: id('record_id').notNull(),
    field: text('field').notNull(),
    value: jsonb('value').$type<LocalValue>(),
    /** Rises with every edit of the field: a push clears only the version that it sent. */
    version: bigint('version', { mode: 'number' }).notNull(),
    origin: text('origin').$type<Origin>().notNull(),
    author: text('author'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.integrationId, t.field, t.tenantId] }),
    foreignKey({
      name: 'pending_edits_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
  ],
);
