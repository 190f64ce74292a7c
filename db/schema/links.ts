import { sql } from 'drizzle-orm';
import { bigint, boolean, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkRule, LinkState } from '../../domain/plan-types.ts';
import type { PsaValues } from '../../domain/values.ts';
import { at, createdAt, id, integrationId, tenantId } from './columns.ts';

/** The tie record <-> PSA id, with its state and the base: what the PSA held at the last sync. */
export const links = pgTable(
  'links',
  {
    tenantId: tenantId(),
    integrationId: integrationId(),
    kind: text('kind').$type<Kind>().notNull(),
    psaId: text('psa_id').notNull(),
    recordId: id('record_id').notNull(),
    state: text('state').$type<LinkState>().notNull().default('live'),
    /** Which rule tied it. */
    rule: text('rule').$type<LinkRule>().notNull(),
    /** Null after a reconnect: the next sync takes every mapped field from the PSA. */
    base: jsonb('base').$type<PsaValues>(),
    /** Hash of base, mapping version and the settings that shape it. */
    hash: text('hash').notNull(),
    /** A write other than a sync's touched the record since; set by a trigger, so even SQL by hand is noticed. */
    drifted: boolean('drifted').notNull().default(false),
    /** When the base was in, read or written, on the one sequence of reads and writes. */
    baseSeq: bigint('base_seq', { mode: 'number' }).notNull(),
    /** A write of ours to the PSA is under way until then at the latest; pulls leave the record alone. */
    writingUntil: at('writing_until'),
    /** What that write sends, until its answer is in: where a read shows it, the PSA has not moved, it has our value. */
    writing: jsonb('writing').$type<PsaValues>(),
    /** Raised by every attempt to write: only the newest may send. */
    writeFence: bigint('write_fence', { mode: 'number' }).notNull().default(0),
    /** Why it is in `error`, in plain words. */
    error: text('error'),
    /** Who disabled, disconnected or tied it by hand, the last time somebody did. */
    changedBy: text('changed_by'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.integrationId, t.kind, t.psaId] }),
    // Both begin with the record, so that a first load into empty tables never picks it for a look-up by PSA id.
    index('links_record').on(t.recordId),
    uniqueIndex('links_one_tie_a_record')
      .on(t.recordId, t.integrationId)
      .where(sql`state in ('live', 'error', 'disabled')`),
    // Integrations: a trigger looks, once a statement.
  ],
);
