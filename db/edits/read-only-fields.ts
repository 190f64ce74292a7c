import { sql } from 'drizzle-orm';
import { fieldNames } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import type { TenantTx } from '../database.ts';
import { listIntegrations } from '../integrations/read-integration.ts';
import { idArray } from '../sql.ts';
import type { ReadOnlyField } from './edit.ts';
import { readOnlyFields } from './plan-edit.ts';

/** Which fields of some records of a kind may not be written here, and why; a record that is not named has none. */
export async function readOnlyFieldsOf(
  tx: TenantTx,
  kind: Kind,
  ids: readonly string[],
  rules: ProviderRules,
): Promise<ReadonlyMap<string, readonly ReadOnlyField[]>> {
  const rows = await tx.db.execute<{ recordId: string; integrationId: string; state: LinkState }>(sql`
    select record_id as "recordId", integration_id as "integrationId", state from links
    where tenant_id = ${tx.tenantId} and kind = ${kind} and record_id = any(${idArray(ids)}) and state in ('live', 'error')
    order by integration_id`);
  if (rows.length === 0) return new Map();
  const integrations = await listIntegrations(tx);
  return new Map(
    ids.flatMap((id) => {
      const ties = rows.filter(({ recordId }) => recordId === id);
      return ties.length === 0 ? [] : [[id, readOnlyFields(kind, ties, integrations, fieldNames(kind), rules)]];
    }),
  );
}
