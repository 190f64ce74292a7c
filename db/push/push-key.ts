import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';

/** One record on its way to one PSA. */
export interface PushKey {
  readonly integrationId: string;
  readonly kind: Kind;
  readonly recordId: string;
}

/** Condition on a table that is keyed by record and integration. */
export function ofPush(tx: TenantTx, { integrationId, recordId }: PushKey, alias = ''): SQL {
  const [tenant, record, integration] = ['tenant_id', 'record_id', 'integration_id'].map((name) =>
    sql.raw(`${alias}${name}`),
  );
  return sql`${tenant} = ${tx.tenantId} and ${record} = ${recordId} and ${integration} = ${integrationId}`;
}
