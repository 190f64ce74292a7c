import { foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import { id, tenantId } from './columns.ts';
import { runs } from './runs.ts';

/** PSA ids that a run met inside the gate, one row a page; what is in no row may be gone. */
export const runSeen = pgTable(
  'run_seen',
  {
    tenantId: tenantId(),
    runId: id('run_id').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    /** Where the page began. */
    cursor: text('cursor').notNull(),
    psaIds: text('psa_ids').array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.kind, t.cursor] }),
    foreignKey({
      name: 'run_seen_run',
      columns: [t.tenantId, t.runId],
      foreignColumns: [runs.tenantId, runs.id],
    }).onDelete('cascade'),
  ],
);
