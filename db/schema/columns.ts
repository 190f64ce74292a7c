import { sql } from 'drizzle-orm';
import { bigint, customType, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import type { Email, Phone } from '../../domain/values.ts';

/** A bigint held as a decimal string, so that no id ever loses digits on its way through JavaScript. */
export const id = customType<{ data: string; driverData: string }>({ dataType: () => 'bigint' });

/** Numbers itself; see the sequence `ids`. */
export const ownId = () =>
  id('id')
    .notNull()
    .default(sql`nextval('ids')`);

export const tenantId = () => id('tenant_id').notNull();

export const integrationId = () => id('integration_id').notNull();

export const createdAt = () => timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow();

export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

/** What every record table has besides its fields. */
export const recordColumns = () => ({
  id: ownId(),
  tenantId: tenantId(),
  /** Hash of what matching compares; see the domain's `matchKey`. Null: never matched. */
  matchKey: id('match_key'),
  /** Who brought the record in: `edit`, `import`, `sync`, `restore`. Imports and syncs never push. */
  origin: text('origin').notNull().default('sync'),
  /** Rises with every write; what `If-Match` names. */
  version: bigint('version', { mode: 'number' }).notNull().default(1),
  createdAt: createdAt(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export const emails = (name: string) => jsonb(name).$type<readonly Email[]>();
export const phones = (name: string) => jsonb(name).$type<readonly Phone[]>();
