import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { emails, id, phones, recordColumns } from './columns.ts';
import { locations } from './locations.ts';
import { organizations } from './organizations.ts';

export const contacts = pgTable(
  'contacts',
  {
    ...recordColumns(),
    organizationId: id('organization_id').notNull(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    title: text('title'),
    typeId: id('type_id'),
    locationId: id('location_id'),
    emails: emails('emails'),
    phones: phones('phones'),
    important: boolean('important'),
    notes: text('notes'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('contacts_match').on(t.organizationId, t.matchKey),
    // Who refers to a location that is deleted.
    index('contacts_location')
      .on(t.locationId)
      .where(sql`location_id is not null`),
    foreignKey({
      name: 'contacts_organization',
      columns: [t.tenantId, t.organizationId],
      foreignColumns: [organizations.tenantId, organizations.id],
    }),
    // Types: a trigger looks, once a statement.
    foreignKey({
      name: 'contacts_location',
      columns: [t.tenantId, t.locationId],
      foreignColumns: [locations.tenantId, locations.id],
    }),
  ],
);
