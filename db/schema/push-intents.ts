import { bigint, foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import { at, createdAt, id, integrationId, tenantId } from './columns.ts';
import { integrations } from './integrations.ts';

/** `unsure`: sent, and searches did not settle whether the PSA made it. What is settled leaves no intent. */
export const INTENT_STATES = ['open', 'sent', 'unsure'] as const;
export type IntentState = (typeof INTENT_STATES)[number];

/**
 * That something is about to be made in the PSA, committed before the first request: after an answer is lost, it says
 * which ids were known before, so that what is ours can be told from what is not.
 */
export const pushIntents = pgTable(
  'push_intents',
  {
    tenantId: tenantId(),
    integrationId: integrationId(),
    kind: text('kind').$type<Kind>().notNull(),
    recordId: id('record_id').notNull(),
    state: text('state').$type<IntentState>().notNull().default('open'),
    /** Compared and set right before the request, so that only the newest attempt sends. */
    fence: bigint('fence', { mode: 'number' }).notNull(),
    /** PSA ids that fitted before we sent. */
    knownIds: text('known_ids').array().notNull(),
    /** What matching compares, so that a pull leaves a fitting newcomer to the push. */
    matchKey: id('match_key'),
    organizationId: id('organization_id'),
    sentAt: at('sent_at'),
    /** Until then the PSA may still be making it. */
    writingUntil: at('writing_until'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.integrationId, t.tenantId] }),
    foreignKey({
      name: 'push_intents_integration',
      columns: [t.tenantId, t.integrationId],
      foreignColumns: [integrations.tenantId, integrations.id],
    }).onDelete('cascade'),
  ],
);
