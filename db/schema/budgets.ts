import { foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, id, integrationId, tenantId } from './columns.ts';
import { integrations } from './integrations.ts';

/** What is counted together: one endpoint of the PSA, or, by the empty name, everything that is asked of it. */
const endpoint = () => text('endpoint').notNull().default('');

/** Requests spent in the current window of an integration; leases are taken from it in blocks. */
export const budgets = pgTable(
  'budgets',
  {
    tenantId: tenantId(),
    integrationId: integrationId(),
    endpoint: endpoint(),
    windowStartedAt: at('window_started_at').notNull().defaultNow(),
    used: integer('used').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.integrationId, t.endpoint] }),
    foreignKey({
      name: 'budgets_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
  ],
);

/** Requests that someone may have in flight until `expiresAt`; a holder that died frees them by the clock. */
export const budgetSlots = pgTable(
  'budget_slots',
  {
    tenantId: tenantId(),
    integrationId: integrationId(),
    endpoint: endpoint(),
    /** A number of its own for each holder. */
    holder: id('holder').notNull(),
    slots: integer('slots').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.integrationId, t.endpoint, t.holder] }),
    foreignKey({
      name: 'budget_slots_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
  ],
);
