import { foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import { at, createdAt, id, integrationId, ownId, tenantId } from './columns.ts';
import { runs } from './runs.ts';

export const PROPOSAL_STATES = ['waiting', 'approved', 'done', 'superseded', 'dismissed'] as const;

/** A sweep that would orphan so much that a person has to say yes. */
export const orphanProposals = pgTable(
  'orphan_proposals',
  {
    id: ownId(),
    tenantId: tenantId(),
    integrationId: integrationId(),
    runId: id('run_id').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    psaIds: text('psa_ids').array().notNull(),
    /** Live links of the kind when it was made. */
    liveCount: integer('live_count').notNull(),
    state: text('state').$type<(typeof PROPOSAL_STATES)[number]>().notNull().default('waiting'),
    createdAt: createdAt(),
    decidedAt: at('decided_at'),
    /** Who said yes or no. */
    decidedBy: text('decided_by'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: 'orphan_proposals_run',
      columns: [t.tenantId, t.runId],
      foreignColumns: [runs.tenantId, runs.id],
    }).onDelete('cascade'),
  ],
);
