import { sql } from 'drizzle-orm';
import { fieldSpec } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import {
  isBlank,
  type LocalValue,
  type LocalValues,
  type PsaLookup,
  type PsaValues,
  sameValue,
} from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { type PsaIds, psaIdsOf } from '../push/psa-ids.ts';
import { idArray } from '../sql.ts';

/** A record and what one PSA held of it at the last sync. */
export interface Based {
  readonly recordId: string;
  readonly values: LocalValues;
  readonly base: PsaValues;
}

/**
 * Fields whose value is not what the PSA held at the last sync, by record. A reference that still waits for its record
 * does not differ, nor does one to a record that fell out of step meanwhile.
 */
export async function differsFromBase(
  tx: TenantTx,
  integration: { readonly id: string; readonly provider: string },
  kind: Kind,
  records: readonly Based[],
  rules: ProviderRules,
): Promise<Map<string, string[]>> {
  if (records.length === 0) return new Map();
  const ids = await psaIdsOf(
    tx,
    integration.id,
    kind,
    records.map(({ values }) => values),
  );
  const open = await openReferences(tx, integration.id, kind, records);
  return new Map(
    records.map(({ recordId, values, base }) => {
      const fields = Object.entries(base).flatMap(([field, there]) => {
        const here = values[field] ?? null;
        if (isBlank(here) && isBlank(there)) return [];
        if (isBlank(here) && open.has(`${recordId}|${field}`)) return [];
        const isText = rules.isText(integration.provider, kind, field);
        return isSame(kind, field, here, there, ids, isText) ? [] : [field];
      });
      return [recordId, fields];
    }),
  );
}

function isSame(
  kind: Kind,
  field: string,
  here: LocalValue,
  there: PsaValues[string] | undefined,
  { rows, records }: PsaIds,
  isText: boolean,
): boolean {
  const type = fieldSpec(kind, field)?.type;
  if (typeof here !== 'string' || isBlank(there)) return sameValue(here, there);
  if (type === 'reference') {
    return (records.get(here) ?? []).some(({ psaId, state }) => psaId === there && state !== 'disconnected');
  }
  if (type !== 'lookup') return sameValue(here, there);
  const row = rows.get(here);
  const { psaId, name } = there as PsaLookup;
  return isText || psaId === null ? row?.name === name : (row?.there.some((one) => one.psaId === psaId) ?? false);
}

/** References that wait for their record; asked for only where the record has none and the PSA has one. */
async function openReferences(
  tx: TenantTx,
  integrationId: string,
  kind: Kind,
  records: readonly Based[],
): Promise<Set<string>> {
  const emptied = records.filter(({ values, base }) =>
    Object.keys(base).some(
      (field) => fieldSpec(kind, field)?.type === 'reference' && isBlank(values[field]) && !isBlank(base[field]),
    ),
  );
  if (emptied.length === 0) return new Set();
  const rows = await tx.db.execute<{ record_id: string; field: string }>(sql`
    select record_id, field from open_references where tenant_id = ${tx.tenantId} and integration_id = ${integrationId}
      and record_id = any(${idArray(emptied.map(({ recordId }) => recordId))})`);
  return new Set(rows.map(({ record_id, field }) => `${record_id}|${field}`));
}
