import { sql } from 'drizzle-orm';
import { fieldSpec } from '../../domain/fields.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { Refusal } from '../refusal.ts';
import { idArray } from '../sql.ts';
import { type LockedRecord, lockForEdit } from './lock-for-edit.ts';
import { closeAndList, recordsInside } from './records-inside.ts';

/** Records of a kind that are about to go, and with them those that are to take what they held. */
export interface Leaving {
  readonly kind: Kind;
  readonly ids: readonly string[];
  readonly records: ReadonlyMap<string, LockedRecord>;
}

/** Begins anew after something was put into one of the organizations while it was waited for. */
const TRIES = 3;

/**
 * Locks records of a kind for their end, and with organizations all that is in them, in the order in which a page of a sync
 * takes it: first every link, also of what only refers to them; then what is inside; then the organizations, into which nothing
 * can be put from then on. Answers them in the order in which they can be deleted.
 * @param heirs records of the same kind that stay, and are locked along: the last group has them too
 * @throws Refusal if something is put into them again and again
 */
export async function lockForDelete(
  tx: TenantTx,
  kind: Kind,
  ids: readonly string[],
  heirs: readonly string[] = [],
): Promise<readonly Leaving[]> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    await tx.db.execute(sql`savepoint before_delete`);
    const inside = kind === 'organization' ? await recordsInside(tx, ids) : [];
    const groups = [...inside, { kind, ids: [...ids, ...heirs] }].filter((group) => group.ids.length > 0);
    const going = [...inside.flatMap((group) => group.ids), ...ids];
    await lockLinksAround(tx, going, heirs);
    const leaving: Leaving[] = [];
    for (const group of groups) leaving.push({ ...group, ...(await lockForEdit(tx, group.kind, group.ids)) });
    const again = kind === 'organization' ? await closeAndList(tx, ids) : inside;
    if (idsOf(again) === idsOf(inside)) return leaving;
    await tx.db.execute(sql`rollback to savepoint before_delete`);
  }
  throw new Refusal('A sync is just putting records into this organization.', 'Try it again in a moment.');
}

const idsOf = (groups: readonly { readonly ids: readonly string[] }[]): string =>
  groups.map((group) => group.ids.join()).join(';');

/** Links of records, and of those that refer to one that goes: writing to a record marks its links. */
async function lockLinksAround(tx: TenantTx, ids: readonly string[], heirs: readonly string[]): Promise<void> {
  const referring = KINDS.flatMap((kind) =>
    RECORD_TABLES[kind].columns.flatMap(({ field, column }) =>
      fieldSpec(kind, field)?.type === 'reference'
        ? [
            sql`select id from ${sql.raw(RECORD_TABLES[kind].table)}
              where tenant_id = ${tx.tenantId} and ${sql.raw(`"${column}"`)} = any(${idArray(ids)})`,
          ]
        : [],
    ),
  );
  await tx.db.execute(sql`
    select from links where tenant_id = ${tx.tenantId} and record_id in (
      select unnest(${idArray([...ids, ...heirs])}) union all ${sql.join(referring, sql` union all `)})
    order by integration_id, kind, psa_id for update`);
}
