import { sql } from 'drizzle-orm';
import { fieldSpec } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { idArray } from '../sql.ts';

/** The PSA's row for a row of ours; the first one is the one to use. */
interface PsaRow {
  readonly psaId: string;
  readonly name: string;
}

/** What rows of named lists and records of ours are in one PSA. */
export interface PsaIds {
  /** By our id: its name here, and the PSA's rows for it: ticked and active ones first, then the oldest. */
  readonly rows: ReadonlyMap<string, { readonly name: string; readonly there: readonly PsaRow[] }>;
  /** By our id: its links, those that sync first. */
  readonly records: ReadonlyMap<string, readonly { readonly psaId: string; readonly state: LinkState }[]>;
}

/** Looks up everything that some values of a kind name. */
export async function psaIdsOf(
  tx: TenantTx,
  integrationId: string,
  kind: Kind,
  some: readonly LocalValues[],
): Promise<PsaIds> {
  const lookups = idsOf(kind, some, 'lookup');
  const records = idsOf(kind, some, 'reference');
  const rows = new Map<string, { name: string; there: PsaRow[] }>();
  const links = new Map<string, { psaId: string; state: LinkState }[]>();
  if (lookups.length === 0 && records.length === 0) return { rows, records: links };
  const found = await tx.db.execute<{
    id: string;
    name: string | null;
    psa_id: string | null;
    psa_name: string | null;
    state: LinkState | null;
  }>(sql`
    (select l.id, l.name, t.psa_id, t.name as psa_name, null as state from lookups l
      left join lookup_links t on t.tenant_id = l.tenant_id and t.integration_id = ${integrationId} and t.lookup_id = l.id
      where l.tenant_id = ${tx.tenantId} and l.id = any(${idArray(lookups)})
      order by l.id, t.ticked desc, t.inactive, length(t.psa_id), t.psa_id)
    union all
    (select record_id, null, psa_id, null, state from links
      where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and record_id = any(${idArray(records)})
      order by state in ('live', 'error') desc, updated_at desc)`);
  for (const { id, name, psa_id, psa_name, state } of found) {
    if (state !== null && psa_id !== null) {
      links.set(id, [...(links.get(id) ?? []), { psaId: psa_id, state }]);
    } else if (name !== null) {
      const row = rows.get(id) ?? { name, there: [] };
      if (psa_id !== null) row.there.push({ psaId: psa_id, name: psa_name ?? name });
      rows.set(id, row);
    }
  }
  return { rows, records: links };
}

function idsOf(kind: Kind, some: readonly LocalValues[], type: 'lookup' | 'reference'): string[] {
  const ids = some.flatMap((values) =>
    Object.entries(values).flatMap(([field, value]) =>
      fieldSpec(kind, field)?.type === type && typeof value === 'string' ? [value] : [],
    ),
  );
  return [...new Set(ids)];
}
