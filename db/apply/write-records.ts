import { sql } from 'drizzle-orm';
import { MATCH_RULES } from '../../domain/match-key.ts';
import type { PlanAction, PlanItem, PlanRecord } from '../../domain/plan-types.ts';
import type { LocalValue } from '../../domain/values.ts';
import { keyColumns, keysOf } from '../match-keys.ts';
import { RECORD_TABLES, rowOfValues } from '../record-tables.ts';
import { identifiers, rowsOf } from '../sql.ts';
import type { ApplyContext } from './context.ts';

type Change = Extract<PlanAction, { type: 'link' | 'update' }>;

/** Names and SQL types of the columns that a write of a whole row sets. */
function writtenColumns(context: ApplyContext): Record<string, string> {
  const fields = RECORD_TABLES[context.kind].columns.map(({ column, type }) => [column, type]);
  return { id: 'bigint', ...keyColumns(context.kind), ...(Object.fromEntries(fields) as Record<string, string>) };
}

/** Ids for records that are about to be made. */
export async function drawIds({ tx }: ApplyContext, count: number): Promise<string[]> {
  if (count === 0) return [];
  const drawn = await tx.db.execute<{ id: string }>(
    sql`select nextval('ids')::text as id from generate_series(1, ${count}::int)`,
  );
  return drawn.map((row) => row.id);
}

/** Inserts one record for each item, by one statement; `ids` are in their order. */
export async function insertRecords(context: ApplyContext, items: readonly PlanItem[], ids: readonly string[]) {
  if (items.length === 0) return;
  const { tx, kind, matchRule = MATCH_RULES[kind] } = context;
  const columns = writtenColumns(context);
  const rows = items.map((item, index) => ({
    id: ids[index],
    ...keysOf(kind, item.local, { [matchRule]: item.matchKey }),
    ...rowOfValues(kind, item.local),
  }));
  const names = identifiers(Object.keys(columns));
  await tx.db.execute(sql`
    insert into ${sql.raw(RECORD_TABLES[kind].table)} (tenant_id, origin, ${names})
    select ${tx.tenantId}::bigint, 'sync', ${names} from ${rowsOf(rows, 'r', columns)}`);
}

/** Writes what merging changed, with field history and the conflict log. */
export async function updateRecords(
  context: ApplyContext,
  changes: readonly Change[],
  records: ReadonlyMap<string, PlanRecord>,
): Promise<void> {
  const written = changes.filter(({ merged }) => Object.keys(merged.set).length > 0);
  if (written.length > 0) {
    await updateRows(context, written, records);
    await writeHistory(context, written, records);
  }
  await writeConflicts(context, changes);
}

async function updateRows(context: ApplyContext, written: readonly Change[], records: ReadonlyMap<string, PlanRecord>) {
  const { tx, kind } = context;
  const columns = writtenColumns(context);
  const rows = written.map(({ recordId, merged }) => {
    const values = { ...records.get(recordId)?.values, ...merged.set };
    return { id: recordId, ...keysOf(kind, values), ...rowOfValues(kind, values) };
  });
  const names = Object.keys(columns).filter((name) => name !== 'id');
  // The rows are locked and were read in full, so writing all columns writes back what nobody changed.
  await tx.db.execute(sql`
    update ${sql.raw(RECORD_TABLES[kind].table)} t set (${identifiers(names)}) = (select ${identifiers(names, 'r.')})
    from ${rowsOf(rows, 'r', columns)} where t.tenant_id = ${tx.tenantId} and t.id = r.id`);
}

async function writeHistory(
  context: ApplyContext,
  written: readonly Change[],
  records: ReadonlyMap<string, PlanRecord>,
) {
  const { tx, kind, run } = context;
  const rows = written.map(({ recordId, merged }) => {
    const before = records.get(recordId)?.values ?? {};
    const changes: Record<string, readonly [LocalValue, LocalValue]> = {};
    for (const [field, value] of Object.entries(merged.set)) changes[field] = [before[field] ?? null, value];
    return { r: recordId, c: changes };
  });
  await tx.db.execute(sql`
    insert into field_history (tenant_id, kind, record_id, source, run_id, changes)
    select ${tx.tenantId}::bigint, ${kind}, r, 'sync', ${run?.id ?? null}::bigint, c
    from ${rowsOf(rows, 'h', { r: 'bigint', c: 'jsonb' })}`);
}

async function writeConflicts(context: ApplyContext, changes: readonly Change[]): Promise<void> {
  const { tx, integrationId, kind, run } = context;
  const rows = changes.flatMap(({ recordId, merged }) =>
    merged.conflicts.map(({ field, local, psa }) => ({ r: recordId, f: field, l: local, p: psa })),
  );
  if (rows.length === 0) return;
  await tx.db.execute(sql`
    insert into conflicts (tenant_id, integration_id, kind, record_id, field, local_value, psa_value, run_id)
    select ${tx.tenantId}::bigint, ${integrationId}::bigint, ${kind}, r, f, l, p, ${run?.id ?? null}::bigint
    from ${rowsOf(rows, 'c', { r: 'bigint', f: 'text', l: 'jsonb', p: 'jsonb' })}`);
}
