import { sql } from 'drizzle-orm';
import { date, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, recordColumns } from './columns.ts';
import { contacts } from './contacts.ts';
import { locations } from './locations.ts';
import { organizations } from './organizations.ts';

export const configurations = pgTable(
  'configurations',
  {
    ...recordColumns(),
    organizationId: id('organization_id').notNull(),
    name: text('name'),
    hostname: text('hostname'),
    typeId: id('type_id'),
    statusId: id('status_id'),
    contactId: id('contact_id'),
    locationId: id('location_id'),
    manufacturerId: id('manufacturer_id'),
    modelId: id('model_id'),
    assetTag: text('asset_tag'),
    serialNumber: text('serial_number'),
    macAddress: text('mac_address'),
    primaryIp: text('primary_ip'),
    defaultGateway: text('default_gateway'),
    operatingSystem: text('operating_system'),
    platform: text('platform'),
    position: text('position'),
    installedBy: text('installed_by'),
    installedAt: date('installed_at', { mode: 'string' }),
    purchasedAt: date('purchased_at', { mode: 'string' }),
    warrantyExpiresAt: date('warranty_expires_at', { mode: 'string' }),
    notes: text('notes'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('configurations_match').on(t.organizationId, t.matchKey),
    // Who refers to a contact or location that moves or is deleted.
    index('configurations_contact')
      .on(t.contactId)
      .where(sql`contact_id is not null`),
    index('configurations_location')
      .on(t.locationId)
      .where(sql`location_id is not null`),
    foreignKey({
      name: 'configurations_organization',
      columns: [t.tenantId, t.organizationId],
      foreignColumns: [organizations.tenantId, organizations.id],
    }),
    // Types, statuses, manufacturers and models: a trigger looks, once a statement (see the decisions).
    foreignKey({
      name: 'configurations_contact',
      columns: [t.tenantId, t.contactId],
      foreignColumns: [contacts.tenantId, contacts.id],
    }),
    foreignKey({
      name: 'configurations_location',
      columns: [t.tenantId, t.locationId],
      foreignColumns: [locations.tenantId, locations.id],
    }),
  ],
);
