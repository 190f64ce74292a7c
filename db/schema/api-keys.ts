import { foreignKey, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { at, createdAt, ownId, tenantId } from './columns.ts';
import { tenants } from './tenants.ts';

export const API_SCOPES = ['read', 'write'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** A key of the HTTP API. The key itself is shown once and never stored. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: ownId(),
    tenantId: tenantId(),
    /** What people call it; the author of what it writes. */
    name: text('name').notNull(),
    scope: text('scope').$type<ApiScope>().notNull(),
    /** `import`: what it writes is an import, and so never pushed. */
    origin: text('origin').$type<'edit' | 'import'>().notNull(),
    /** SHA-256 of the key, hex. Keys are random and long, so a slow hash would add nothing. */
    hash: text('hash').notNull(),
    /** First characters of the key, by which people tell keys apart. */
    prefix: text('prefix').notNull(),
    createdBy: text('created_by'),
    createdAt: createdAt(),
    /** To the day, so that reading costs no write. */
    lastUsedAt: at('last_used_at'),
    /** After a rotation the old key works until then. */
    expiresAt: at('expires_at'),
    revokedAt: at('revoked_at'),
    revokedBy: text('revoked_by'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('api_keys_hash').on(t.hash),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.id] }).onDelete('cascade'),
  ],
);
