import { boolean, foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { LookupList } from '../../domain/fields.ts';
import { id, integrationId, tenantId } from './columns.ts';
import { integrations } from './integrations.ts';
import { lookups } from './lookups.ts';

/** The PSA's rows of the named lists, each tied to ours; `ticked` is the operator's choice. */
export const lookupLinks = pgTable(
  'lookup_links',
  {
    tenantId: tenantId(),
    integrationId: integrationId(),
    list: text('list').$type<LookupList>().notNull(),
    psaId: text('psa_id').notNull(),
    lookupId: id('lookup_id').notNull(),
    /** The PSA's name for it. */
    name: text('name').notNull(),
    /** The PSA itself no longer offers it. */
    inactive: boolean('inactive').notNull().default(false),
    ticked: boolean('ticked').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.integrationId, t.list, t.psaId] }),
    foreignKey({
      name: 'lookup_links_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'lookup_links_lookup',
      columns: [t.tenantId, t.lookupId],
      foreignColumns: [lookups.tenantId, lookups.id],
    }),
  ],
);
