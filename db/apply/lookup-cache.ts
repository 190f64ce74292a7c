import { sql } from 'drizzle-orm';
import type { LookupList } from '../../domain/fields.ts';
import { foldText } from '../../domain/normalise.ts';
import type { PsaLookup } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { rowsOf } from '../sql.ts';

/** A row of a list that a PSA record names. */
export interface WantedLookup {
  readonly list: LookupList;
  /** Our id of the row that it belongs under (a model's manufacturer). */
  readonly parentId: string | null;
  readonly value: PsaLookup;
}

/** Stands for a row that a dry run would make. */
const NEW_LOOKUP = '-1';

/**
 * Our ids for the rows of named lists that PSA records choose from. Rows that are unknown are created, un-ticked. Kept
 * for the length of a batch, because a PSA names the same dozen types in every record.
 */
export class LookupCache {
  readonly #ids = new Map<string, string>();
  readonly #foldedNames = new Map<string, string>();

  /** Forgets everything: what was made since was rolled back. */
  clear(): void {
    this.#ids.clear();
  }

  /** Our ids of all of these, in their order; a dry run creates none. */
  async resolve(
    tx: TenantTx,
    integrationId: string,
    wanted: readonly WantedLookup[],
    dryRun: boolean,
  ): Promise<readonly string[]> {
    const keys = wanted.map((lookup) => this.#keyOf(lookup));
    const missing = new Map<string, WantedLookup>();
    for (const [at, lookup] of wanted.entries()) {
      const key = keys[at];
      if (key !== undefined && !this.#ids.has(key)) missing.set(key, lookup);
    }
    if (missing.size > 0) await this.#learn(tx, integrationId, missing, dryRun);
    return keys.map((key) => this.#ids.get(key) ?? NEW_LOOKUP);
  }

  async #learn(
    tx: TenantTx,
    integrationId: string,
    missing: ReadonlyMap<string, WantedLookup>,
    dryRun: boolean,
  ): Promise<void> {
    // Ordered, so that two streams that meet the same new names never wait for each other in a ring.
    const rows = [...missing.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { list, parentId, value }]) => ({
        key,
        list,
        parent_id: parentId,
        psa_id: value.psaId,
        name: value.name,
        name_key: this.#folded(value.name),
      }));
    if (!dryRun) await create(tx, integrationId, rows);
    for (const row of await find(tx, integrationId, rows)) this.#ids.set(row.key, row.id);
    for (const key of missing.keys()) {
      if (this.#ids.has(key)) continue;
      if (!dryRun) throw new Error(`the row ${key} of a named list could be neither found nor created`);
      this.#ids.set(key, NEW_LOOKUP);
    }
  }

  #keyOf({ list, parentId, value }: WantedLookup): string {
    return value.psaId === null ? `${list}|${parentId ?? ''}|${this.#folded(value.name)}` : `${list}#${value.psaId}`;
  }

  /** Folding costs more than all else here, and the names are few. */
  #folded(name: string): string {
    const known = this.#foldedNames.get(name);
    if (known !== undefined) return known;
    const folded = foldText(name);
    this.#foldedNames.set(name, folded);
    return folded;
  }
}

interface LookupRow {
  readonly key: string;
  readonly list: LookupList;
  readonly parent_id: string | null;
  readonly psa_id: string | null;
  readonly name: string;
  readonly name_key: string;
}

const COLUMNS = { key: 'text', list: 'text', parent_id: 'bigint', psa_id: 'text', name: 'text', name_key: 'text' };

/** Ties by PSA id come first; a name ties what has no PSA id, or no tie yet. */
async function find(tx: TenantTx, integrationId: string, rows: readonly LookupRow[]) {
  return tx.db.execute<{ key: string; id: string }>(sql`
    select w.key, coalesce(l.lookup_id, case when w.psa_id is null then n.id end)::text as id
    from ${rowsOf(rows, 'w', COLUMNS)}
    left join lookup_links l on l.tenant_id = ${tx.tenantId} and l.integration_id = ${integrationId}
      and l.list = w.list and l.psa_id = w.psa_id
    left join lookups n on n.tenant_id = ${tx.tenantId} and n.list = w.list and n.name_key = w.name_key
      and n.parent_id is not distinct from w.parent_id
    where coalesce(l.lookup_id, case when w.psa_id is null then n.id end) is not null`);
}

async function create(tx: TenantTx, integrationId: string, rows: readonly LookupRow[]): Promise<void> {
  const known = new Set((await find(tx, integrationId, rows)).map((row) => row.key));
  const unknown = rows.filter((row) => !known.has(row.key));
  if (unknown.length === 0) return;
  await tx.db.execute(sql`
    insert into lookups (tenant_id, list, parent_id, name, name_key)
    select distinct on (list, parent_id, name_key) ${tx.tenantId}::bigint, list, parent_id, name, name_key
    from ${rowsOf(unknown, 'w', COLUMNS)} order by list, parent_id, name_key
    on conflict on constraint lookups_name do nothing`);
  await tx.db.execute(sql`
    insert into lookup_links (tenant_id, integration_id, list, psa_id, lookup_id, name)
    select ${tx.tenantId}::bigint, ${integrationId}::bigint, w.list, w.psa_id, n.id, w.name
    from ${rowsOf(unknown, 'w', COLUMNS)}
    join lookups n on n.tenant_id = ${tx.tenantId} and n.list = w.list and n.name_key = w.name_key
      and n.parent_id is not distinct from w.parent_id
    where w.psa_id is not null
    order by w.list, w.psa_id
    on conflict do nothing`);
}
