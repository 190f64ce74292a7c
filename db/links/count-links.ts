import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { TenantTx } from '../database.ts';
import { textArray } from '../sql.ts';

export interface LinkCount {
  readonly kind: Kind;
  readonly state: LinkState;
  readonly count: number;
}

/** How many records an integration keeps in step, by kind and state. */
export async function countLinks(tx: TenantTx, integrationId: string): Promise<LinkCount[]> {
  const rows = await tx.db.execute<LinkCount & Record<string, unknown>>(sql`
    select kind, state, count(*)::int as count from links
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId}
    group by kind, state order by kind, state`);
  return [...rows];
}

export interface Untick {
  readonly integrationId: string;
  readonly kind: Kind;
  /** Which of the gate's two lists. */
  readonly field: 'type' | 'status';
  readonly psaIds: readonly string[];
}

export interface TouchedLinks {
  /** Linked records of the kind that have one of these types or statuses, by their base. */
  readonly records: number;
  /** Linked records that belong to those, if they are organizations. */
  readonly below: number;
}

/** How many linked records stand on ticks that are about to go. */
export async function countTouched(tx: TenantTx, untick: Untick): Promise<TouchedLinks> {
  const { integrationId, kind, field, psaIds } = untick;
  const [row] = await tx.db.execute<TouchedLinks & Record<string, unknown>>(sql`
    with live as (
      select kind, psa_id, base from links
      where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and state in ('live', 'error')),
    touched as (
      select psa_id from live where kind = ${kind} and base -> ${field}::text ->> 'psaId' = any(${textArray(psaIds)}))
    select (select count(*)::int from touched) as records,
      (select count(*)::int from live where ${kind} = 'organization' and kind <> 'organization'
        and base ->> 'organization' in (select psa_id from touched)) as below`);
  return row ?? { records: 0, below: 0 };
}
