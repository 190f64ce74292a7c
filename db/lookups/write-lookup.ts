import { sql } from 'drizzle-orm';
import type { LookupList } from '../../domain/fields.ts';
import { foldText } from '../../domain/normalise.ts';
import type { TenantTx } from '../database.ts';
import { Refusal } from '../refusal.ts';

/** A name that the list has already, or that a PSA decides about. */
export class LookupRefused extends Refusal {
  override readonly name = 'LookupRefused';
}

export interface MakeLookup {
  readonly list: LookupList;
  readonly name: string;
  /** The row that it belongs under (a model's manufacturer); null elsewhere. */
  readonly parentId: string | null;
}

/** Adds a row to a named list; answers its id. */
export async function makeLookup(tx: TenantTx, { list, name, parentId }: MakeLookup): Promise<string> {
  const [made] = await tx.db.execute<{ id: string }>(sql`
    insert into lookups (tenant_id, list, parent_id, name, name_key)
    values (${tx.tenantId}, ${list}, ${parentId}, ${name}, ${foldText(name)})
    on conflict on constraint lookups_name do nothing returning id`);
  if (!made) throw taken(name);
  return made.id;
}

/** Renames a row of a named list that no PSA has. */
export async function renameLookup(tx: TenantTx, id: string, name: string): Promise<void> {
  const row = await holdFreeLookup(tx, id);
  if (row.name === name) return;
  await changeLookup(tx, id, name, row.parentId);
}

/** Puts a row that no PSA has under another one (a model under its manufacturer), or under none. */
export async function moveLookup(tx: TenantTx, id: string, parentId: string | null): Promise<void> {
  const row = await holdFreeLookup(tx, id);
  await changeLookup(tx, id, row.name, parentId);
}

interface FreeLookup {
  readonly name: string;
  readonly parentId: string | null;
}

async function holdFreeLookup(tx: TenantTx, id: string): Promise<FreeLookup> {
  const [row] = await tx.db.execute<FreeLookup & { synced: boolean } & Record<string, unknown>>(sql`
    select n.name, n.parent_id as "parentId",
      exists (select from lookup_links l where l.tenant_id = n.tenant_id and l.lookup_id = n.id) as synced
    from lookups n where n.tenant_id = ${tx.tenantId} and n.id = ${id} for update of n`);
  if (!row) throw new LookupRefused(`The row ${id} does not exist any more.`);
  if (!row.synced) return row;
  throw new LookupRefused('Cannot update a synced resource: a PSA has this row too.', 'Rename it in the PSA.');
}

async function changeLookup(tx: TenantTx, id: string, name: string, parentId: string | null): Promise<void> {
  const changed = await tx.db.execute(sql`
    update lookups n set name = ${name}, name_key = ${foldText(name)}, parent_id = ${parentId}
    where n.tenant_id = ${tx.tenantId} and n.id = ${id}
      and not exists (select from lookups o where o.tenant_id = n.tenant_id and o.list = n.list and o.id <> n.id
        and o.parent_id is not distinct from ${parentId}::bigint and o.name_key = ${foldText(name)})
    returning n.id`);
  if (changed.length === 0) throw taken(name);
}

const taken = (name: string): LookupRefused =>
  new LookupRefused(`The name ${JSON.stringify(name)} has already been taken.`);
