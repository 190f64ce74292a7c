import { foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, recordColumns } from './columns.ts';
import { organizations } from './organizations.ts';

export const locations = pgTable(
  'locations',
  {
    ...recordColumns(),
    /** Like `matchKey`, of the address without the name. */
    addressKey: id('address_key'),
    organizationId: id('organization_id').notNull(),
    name: text('name'),
    address1: text('address_1'),
    address2: text('address_2'),
    city: text('city'),
    region: text('region'),
    postalCode: text('postal_code'),
    country: text('country'),
    phone: text('phone'),
    fax: text('fax'),
    notes: text('notes'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('locations_match').on(t.organizationId, t.matchKey),
    index('locations_address_match').on(t.organizationId, t.addressKey),
    foreignKey({
      name: 'locations_organization',
      columns: [t.tenantId, t.organizationId],
      foreignColumns: [organizations.tenantId, organizations.id],
    }),
  ],
);
