import { sql } from 'drizzle-orm';
import { foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, recordColumns } from './columns.ts';
import { tenants } from './tenants.ts';

export const organizations = pgTable(
  'organizations',
  {
    ...recordColumns(),
    name: text('name'),
    shortName: text('short_name'),
    typeId: id('type_id'),
    statusId: id('status_id'),
    parentId: id('parent_id'),
    /** No foreign key: locations refer to organizations, and a ring of keys would have to be deferred on every insert. */
    primaryLocationId: id('primary_location_id'),
    description: text('description'),
    alert: text('alert'),
    quickNotes: text('quick_notes'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('organizations_match').on(t.matchKey, t.tenantId),
    // Who lies under an organization that is deleted.
    index('organizations_parent')
      .on(t.parentId)
      .where(sql`parent_id is not null`),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.id] }).onDelete('cascade'),
    // Types and statuses: a trigger looks, once a statement.
    foreignKey({ name: 'organizations_parent', columns: [t.tenantId, t.parentId], foreignColumns: [t.tenantId, t.id] }),
  ],
);
