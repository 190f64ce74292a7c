import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import { id, integrationId, tenantId } from './columns.ts';

/** References of records to PSA records that have no record here yet, by PSA id; tried again at the end of every run. */
export const openReferences = pgTable(
  'open_references',
  {
    tenantId: tenantId(),
    integrationId: integrationId(),
    kind: text('kind').$type<Kind>().notNull(),
    recordId: id('record_id').notNull(),
    field: text('field').notNull(),
    target: text('target').$type<Kind>().notNull(),
    psaId: text('psa_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.field, t.integrationId, t.tenantId] }),
    // Integrations: a trigger looks, once a statement.
  ],
);
