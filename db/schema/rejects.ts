import { foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import { at, createdAt, id, integrationId, ownId, tenantId } from './columns.ts';
import { runs } from './runs.ts';

export const REJECT_SCOPES = ['record', 'page', 'parent'] as const;

/** A PSA record, page or parent set aside with its reason; the run went on. */
export const rejects = pgTable(
  'rejects',
  {
    id: ownId(),
    tenantId: tenantId(),
    integrationId: integrationId(),
    runId: id('run_id').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    scope: text('scope').$type<(typeof REJECT_SCOPES)[number]>().notNull(),
    /** The record, or the parent whose list could not be read; null where not even the id was readable. */
    psaId: text('psa_id'),
    code: text('code').notNull(),
    reason: text('reason').notNull(),
    /** The row as it came, cut short. */
    raw: text('raw'),
    /** When a later run read it well, or an operator set it aside. */
    resolvedAt: at('resolved_at'),
    /** Who set it aside; null when a run did. */
    resolvedBy: text('resolved_by'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('rejects_run').on(t.runId, t.kind),
    foreignKey({
      name: 'rejects_run_fk',
      columns: [t.tenantId, t.runId],
      foreignColumns: [runs.tenantId, runs.id],
    }).onDelete('cascade'),
  ],
);
