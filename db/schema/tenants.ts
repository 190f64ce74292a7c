import { pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, ownId } from './columns.ts';

/** One MSP; everything belongs to exactly one. */
export const tenants = pgTable('tenants', {
  id: ownId().primaryKey(),
  /** Short name for flags and screens. */
  key: text('key').notNull().unique(),
  name: text('name').notNull(),
  createdAt: createdAt(),
});
