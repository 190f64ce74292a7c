import { foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValue } from '../../domain/values.ts';
import { at, createdAt, id, integrationId, ownId, tenantId } from './columns.ts';
import { integrations } from './integrations.ts';

/** A local value that a PSA value replaced; restorable. */
export const conflicts = pgTable(
  'conflicts',
  {
    id: ownId(),
    tenantId: tenantId(),
    integrationId: integrationId(),
    kind: text('kind').$type<Kind>().notNull(),
    recordId: id('record_id').notNull(),
    field: text('field').notNull(),
    localValue: jsonb('local_value').$type<LocalValue>(),
    psaValue: jsonb('psa_value').$type<LocalValue>(),
    /** The run that replaced it; null when a push's answer did. */
    runId: id('run_id'),
    createdAt: createdAt(),
    restoredAt: at('restored_at'),
    restoredBy: text('restored_by'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('conflicts_record').on(t.recordId, t.id),
    foreignKey({
      name: 'conflicts_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
  ],
);
