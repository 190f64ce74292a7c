import { sql } from 'drizzle-orm';
import { foreignKey, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import { id, tenantId } from './columns.ts';
import { runs } from './runs.ts';

/**
 * What a dry run would have done, one row a PSA record that it would create, link, update or set aside. Later pages of
 * the same dry run look here as if it had been done.
 */
export const dryRunItems = pgTable(
  'dry_run_items',
  {
    tenantId: tenantId(),
    runId: id('run_id').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    psaId: text('psa_id').notNull(),
    action: text('action').notNull(),
    reason: text('reason'),
    /** The record it concerns; for a create, the id that stands in for the record that is not there. */
    recordId: id('record_id')
      .notNull()
      .default(sql`nextval('ids')`),
    organizationId: id('organization_id'),
    matchKey: id('match_key'),
    name: text('name'),
    /** Its values in our terms, for the look-ups of later pages. */
    local: jsonb('local').$type<LocalValues>().notNull(),
    /** Fields that would change: what they are, what they would be. */
    changes: jsonb('changes').$type<Record<string, readonly [unknown, unknown]>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.kind, t.psaId] }),
    index('dry_run_items_match').on(t.runId, t.organizationId, t.matchKey),
    foreignKey({
      name: 'dry_run_items_run',
      columns: [t.tenantId, t.runId],
      foreignColumns: [runs.tenantId, runs.id],
    }).onDelete('cascade'),
  ],
);
