import { bigint, boolean, foreignKey, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { at, createdAt, ownId, tenantId } from './columns.ts';
import { tenants } from './tenants.ts';

/** Settings that an operator chooses; a run freezes a copy of them with its ticks. */
export interface IntegrationSettings {
  readonly contactsSync: boolean;
  readonly twoWay: boolean;
  readonly keepLocalWhenBlank: boolean;
  /** Minutes between full syncs; null: no schedule. */
  readonly fullSyncEveryMinutes: number | null;
  readonly contactSyncEveryMinutes: number | null;
  readonly requestsPerWindow: number;
  readonly windowSeconds: number;
  readonly requestsInFlight: number;
  /** What the provider's adapter asks for to make records in the PSA (`pushSettings`), by name. */
  readonly push: Readonly<Record<string, string>>;
  /** What was chosen of what the provider's adapter can read (`pullSettings`), by name; absent: its defaults. */
  readonly pull?: Readonly<Record<string, string>>;
}

/** A tenant's connection to one PSA. */
export const integrations = pgTable(
  'integrations',
  {
    id: ownId(),
    tenantId: tenantId(),
    key: text('key').notNull(),
    provider: text('provider').notNull(),
    /** Address and names; never a secret. */
    connection: jsonb('connection').$type<Record<string, string>>().notNull(),
    /** Sealed secrets, `keyId.nonce.tag.ciphertext`; see `seal`. */
    credentials: text('credentials').notNull(),
    settings: jsonb('settings').$type<IntegrationSettings>().notNull(),
    settingsVersion: integer('settings_version').notNull().default(1),
    /** When two-way sync was last switched on: what is older is not yet pushed. */
    twoWaySince: at('two_way_since'),
    pausedAt: at('paused_at'),
    /** The PSA refused our credentials; nobody calls it until they are renewed. */
    needsCredentials: boolean('needs_credentials').notNull().default(false),
    /** The PSA asked us to wait; nobody calls it before. */
    blockedUntil: at('blocked_until'),
    /** Raised by every run that starts: only the newest may write. */
    fence: bigint('fence', { mode: 'number' }).notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('integrations_key').on(t.tenantId, t.key),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.id] }).onDelete('cascade'),
  ],
);
