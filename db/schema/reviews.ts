import { foreignKey, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import type { ReviewReason } from '../../domain/plan-types.ts';
import type { PsaValues } from '../../domain/values.ts';
import { at, createdAt, id, integrationId, ownId, tenantId } from './columns.ts';
import { integrations } from './integrations.ts';

export const REVIEW_STATES = ['open', 'linked', 'created', 'ignored'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** A PSA record that waits because matching would have been a guess. */
export const reviews = pgTable(
  'reviews',
  {
    id: ownId(),
    tenantId: tenantId(),
    integrationId: integrationId(),
    kind: text('kind').$type<Kind>().notNull(),
    psaId: text('psa_id').notNull(),
    reason: text('reason').$type<ReviewReason>().notNull(),
    organizationId: id('organization_id'),
    candidateIds: id('candidate_ids').array().notNull(),
    /** What the PSA held when it was last read. */
    fields: jsonb('fields').$type<PsaValues>().notNull(),
    state: text('state').$type<ReviewState>().notNull().default('open'),
    /** The run that met it last. */
    runId: id('run_id'),
    createdAt: createdAt(),
    decidedAt: at('decided_at'),
    /** Who decided; null when a sync did. */
    decidedBy: text('decided_by'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('reviews_once').on(t.tenantId, t.integrationId, t.kind, t.psaId),
    foreignKey({
      name: 'reviews_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
  ],
);
