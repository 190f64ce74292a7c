import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import { type IntegrationSettings, integrations } from '../schema/integrations.ts';
import { type KeyRing, seal } from '../seal.ts';

export interface NewIntegration {
  readonly key: string;
  readonly provider: string;
  /** What may be seen: address, company, public key. */
  readonly connection: Readonly<Record<string, string>>;
  /** What is sealed. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly settings: IntegrationSettings;
}

/** Stores a new integration, its secrets sealed to it; answers its id. */
export async function createIntegration(tx: TenantTx, keys: KeyRing, input: NewIntegration): Promise<string> {
  const [drawn] = await tx.db.execute<{ id: string }>(sql`select nextval('ids')::text as id`);
  const id = drawn?.id ?? '';
  await tx.db.insert(integrations).values({
    id,
    tenantId: tx.tenantId,
    key: input.key,
    provider: input.provider,
    connection: { ...input.connection },
    credentials: sealSecrets(tx, keys, id, input.secrets),
    settings: input.settings,
  });
  return id;
}

/** New address or credentials; links stay as they are, and nothing is matched again. */
export async function replaceConnection(
  tx: TenantTx,
  keys: KeyRing,
  id: string,
  input: Pick<NewIntegration, 'connection' | 'secrets'>,
): Promise<void> {
  await tx.db.execute(sql`
    update integrations set connection = ${JSON.stringify(input.connection)}::jsonb,
      credentials = ${sealSecrets(tx, keys, id, input.secrets)}, needs_credentials = false, blocked_until = null
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

function sealSecrets(tx: TenantTx, keys: KeyRing, id: string, secrets: Readonly<Record<string, string>>): string {
  return seal(keys, { tenantId: tx.tenantId, integrationId: id }, JSON.stringify(secrets));
}
