import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValue, LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { keyColumns, keysOf } from '../match-keys.ts';
import { RECORD_TABLES, rowOfValues } from '../record-tables.ts';
import { identifiers, rowsOf } from '../sql.ts';
import { AGAIN } from './ask-for-push.ts';
import type { Writer } from './edit.ts';

/** What a save comes to for one record. */
export interface PlannedEdit {
  readonly recordId: string;
  readonly writer: Writer;
  readonly before: LocalValues;
  /** Changed fields only. */
  readonly set: LocalValues;
  /** Fields on their way to a PSA, by integration. */
  readonly pending: readonly { readonly integrationId: string; readonly field: string; readonly value: LocalValue }[];
  /** Edits on their way that this one replaces without being sent itself. */
  readonly dropped: readonly string[];
  /** `open`: only if one was asked for before that is not over. */
  readonly pushes: readonly { readonly integrationId: string; readonly when: 'always' | 'open' }[];
}

/** A push that is asked for now. */
export interface AskedPush {
  readonly recordId: string;
  readonly integrationId: string;
}

/** Writes edits of one kind, their records locked: records, field history, pending edits and pushes, in one statement. */
export async function writeEdits(
  tx: TenantTx,
  kind: Kind,
  edits: readonly PlannedEdit[],
): Promise<readonly AskedPush[]> {
  const { table, columns } = RECORD_TABLES[kind];
  const types = { id: 'bigint', ...keyColumns(kind), ...Object.fromEntries(columns.map((c) => [c.column, c.type])) };
  const names = Object.keys(types).filter((name) => name !== 'id');
  const changing = edits.filter(({ set }) => Object.keys(set).length > 0);
  const rows = changing.map(({ recordId, before, set }) => {
    const after = { ...before, ...set };
    return { id: recordId, ...keysOf(kind, after), ...rowOfValues(kind, after) };
  });
  const history = changing.map(({ recordId, writer, before, set }) => ({
    r: recordId,
    s: writer.source,
    a: writer.author,
    c: Object.fromEntries(Object.entries(set).map(([field, value]) => [field, [before[field] ?? null, value]])),
  }));
  const pending = edits.flatMap(({ recordId, writer, pending: fields }) =>
    fields.map(({ integrationId, field, value }) => ({
      r: recordId,
      i: integrationId,
      f: field,
      v: value,
      s: writer.source,
      a: writer.author,
    })),
  );
  const pushes = edits.flatMap(({ recordId, writer, pushes: asked }) =>
    asked.map(({ integrationId, when }) => ({
      r: recordId,
      i: integrationId,
      w: when,
      s: writer.source,
      a: writer.author,
    })),
  );
  const dropped = edits.flatMap(({ recordId, dropped: fields }) => fields.map((field) => ({ r: recordId, f: field })));
  return tx.db.execute<AskedPush & Record<string, unknown>>(sql`
    with written as (
      update ${sql.raw(table)} t set (${identifiers(names)}) = (select ${identifiers(names, 'r.')})
      from ${rowsOf(rows, 'r', types)} where t.tenant_id = ${tx.tenantId} and t.id = r.id),
    noted as (
      insert into field_history (tenant_id, kind, record_id, source, author, changes)
      select ${tx.tenantId}::bigint, ${kind}, r, s, a, c
      from ${rowsOf(history, 'h', { r: 'bigint', s: 'text', a: 'text', c: 'jsonb' })}),
    dropped as (
      delete from pending_edits e using ${rowsOf(dropped, 'd', { r: 'bigint', f: 'text' })}
      where e.tenant_id = ${tx.tenantId} and e.record_id = d.r and e.field = d.f),
    on_their_way as (
      insert into pending_edits (tenant_id, integration_id, kind, record_id, field, value, version, origin, author)
      select ${tx.tenantId}::bigint, i, ${kind}, r, f, v, 1, s, a
      from ${rowsOf(pending, 'p', { r: 'bigint', i: 'bigint', f: 'text', v: 'jsonb', s: 'text', a: 'text' })}
      order by r, i, f
      on conflict (record_id, integration_id, field, tenant_id) do update set value = excluded.value,
        version = pending_edits.version + 1, origin = excluded.origin, author = excluded.author, created_at = now()
        where pending_edits.value is distinct from excluded.value),
    asked as (
      insert into pushes (tenant_id, integration_id, kind, record_id, origin, author)
      select ${tx.tenantId}::bigint, i, ${kind}, r, s, a
      from ${rowsOf(pushes, 'a', { r: 'bigint', i: 'bigint', w: 'text', s: 'text', a: 'text' })}
      where a.w = 'always' or exists (
        select from pushes o where o.tenant_id = ${tx.tenantId} and o.record_id = a.r and o.integration_id = a.i
          and o.state in ('pending', 'waiting', 'failed', 'attention'))
      order by r, i
      ${AGAIN}
      returning record_id, integration_id)
    select record_id::text as "recordId", integration_id::text as "integrationId" from asked order by record_id, integration_id`);
}
