import { foreignKey, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { LookupList } from '../../domain/fields.ts';
import { createdAt, id, ownId, tenantId } from './columns.ts';
import { tenants } from './tenants.ts';

/** Rows of the named lists: types, statuses, manufacturers, models. Shared by all integrations of a tenant. */
export const lookups = pgTable(
  'lookups',
  {
    id: ownId(),
    tenantId: tenantId(),
    list: text('list').$type<LookupList>().notNull(),
    /** A model's manufacturer; null elsewhere. */
    parentId: id('parent_id'),
    name: text('name').notNull(),
    /** The name as it is compared: folded. */
    nameKey: text('name_key').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('lookups_name').on(t.tenantId, t.list, t.parentId, t.nameKey).nullsNotDistinct(),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.id] }).onDelete('cascade'),
    foreignKey({ name: 'lookups_parent', columns: [t.tenantId, t.parentId], foreignColumns: [t.tenantId, t.id] }),
  ],
);
