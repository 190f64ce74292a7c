import { type SQL, sql } from 'drizzle-orm';
import { fieldSpec } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { idArray, textArray } from '../sql.ts';

/** What several fields of a record have to hold at the same time, in one of several spellings each; '' stands for blank. */
export interface Spelling {
  readonly [field: string]: readonly string[];
}

/** What a listed record has to be. Several conditions hold at once; the values of one are alternatives. */
export type Condition =
  | { readonly id: readonly string[]; readonly not?: boolean }
  /** Text without regard to case and white space at the ends; lookups and references by id; flags. */
  | { readonly field: string; readonly anyOf: readonly (string | boolean)[]; readonly not?: boolean }
  /** Both ends included; null: open. */
  | { readonly time: RecordTime; readonly from: Date | null; readonly to: Date | null }
  | { readonly psaIds: readonly string[]; readonly providers: readonly string[] }
  | { readonly primaryEmail: readonly string[] }
  | { readonly primaryLocation: boolean }
  | { readonly spelled: readonly Spelling[] }
  /** Asks for what no record of ours has. */
  | { readonly nothing: true };

type RecordTime = 'createdAt' | 'updatedAt';

export type SortKey =
  | { readonly record: 'id' | RecordTime }
  | { readonly field: string }
  /** Name of the list's row that the field chooses. */
  | { readonly nameOf: string }
  | { readonly primaryLocation: true };

export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
}

const TIMES = { createdAt: sql`r.created_at`, updatedAt: sql`r.updated_at` };

/** A condition over the row `r` of a kind's table. Columns come from our own tables of fields, values are parameters. */
export function conditionSql(tenantId: string, kind: Kind, condition: Condition): SQL {
  if ('nothing' in condition) return sql`false`;
  if ('id' in condition) return negated(sql`r.id = any(${idArray(condition.id)})`, condition.not);
  if ('field' in condition) return negated(fieldIs(kind, condition.field, condition.anyOf), condition.not);
  if ('time' in condition) return between(TIMES[condition.time], condition.from, condition.to);
  if ('primaryEmail' in condition) {
    // The text is looked at first: taking the list apart costs ten times as much, and most records don't hold the address.
    const holds = condition.primaryEmail.map(
      (address) => sql`strpos(lower(r.emails::text), lower(btrim(to_jsonb(btrim(${address}))::text, '"'))) > 0`,
    );
    return sql`(${sql.join(holds, sql` or `)}) and exists (
      select from jsonb_array_elements(case when jsonb_typeof(r.emails) = 'array' then r.emails end) e
      where (e ->> 'primary')::boolean and ${textIs(sql`(e ->> 'value')`, condition.primaryEmail)})`;
  }
  if ('primaryLocation' in condition) return sql`${isPrimary(tenantId)} = ${condition.primaryLocation}`;
  if ('spelled' in condition) {
    const each = condition.spelled.map((spelling) => {
      const columns = Object.entries(spelling).map(([field, texts]) =>
        textIs(sql`coalesce(${column(kind, field)}, '')`, texts),
      );
      return sql`(${sql.join(columns, sql` and `)})`;
    });
    return each.length === 0 ? sql`false` : sql`(${sql.join(each, sql` or `)})`;
  }
  return sql`r.id in (
    select l.record_id from links l where l.tenant_id = ${tenantId} and l.kind = ${kind} and l.state <> 'disconnected'
      and l.integration_id in (select i.id from integrations i where i.tenant_id = ${tenantId} and i.provider = any(${textArray(condition.providers)}))
      and l.psa_id = any(${textArray(condition.psaIds)}))`;
}

/**
 * Whether a condition looks at every record and few fit: no index can serve what row-level security does not trust
 * (`lower`). Then page and count are best had in one pass; where many fit, counting them beside the page is cheaper.
 */
export function isSearch(kind: Kind, condition: Condition): boolean {
  if ('primaryEmail' in condition || 'spelled' in condition) return true;
  return 'field' in condition && !condition.not && fieldSpec(kind, condition.field)?.type !== 'lookup';
}

/** Always ends with the id, so that pages neither repeat nor lose a record where the keys are the same. */
export function orderSql(tenantId: string, kind: Kind, sorts: readonly Sort[]): SQL {
  const keys = sorts.map(
    ({ by, descending }) =>
      sql`${sortSql(tenantId, kind, by)} ${descending ? sql`desc nulls last` : sql`asc nulls first`}`,
  );
  const byId = sorts.some(({ by }) => 'record' in by && by.record === 'id');
  return sql.join(byId ? keys : [...keys, sql`r.id`], sql`, `);
}

function sortSql(tenantId: string, kind: Kind, by: SortKey): SQL {
  if ('record' in by) return by.record === 'id' ? sql`r.id` : TIMES[by.record];
  if ('field' in by) return column(kind, by.field);
  if ('primaryLocation' in by) return isPrimary(tenantId);
  return sql`(select n.name from lookups n where n.tenant_id = ${tenantId} and n.id = ${column(kind, by.nameOf)})`;
}

const isPrimary = (tenantId: string): SQL => sql`exists (
  select from organizations o where o.tenant_id = ${tenantId} and o.id = r.organization_id and o.primary_location_id = r.id)`;

function fieldIs(kind: Kind, field: string, values: readonly (string | boolean)[]): SQL {
  const type = fieldSpec(kind, field)?.type;
  if (type === 'lookup' || type === 'reference') {
    return sql`${column(kind, field)} = any(${idArray(values.map(String))})`;
  }
  if (type === 'flag')
    return sql`coalesce(${column(kind, field)}, false)::text = any(${textArray(values.map(String))})`;
  return textIs(column(kind, field), values.map(String));
}

/** Both sides are folded by Postgres, whatever its locale makes of letters beyond ASCII. */
const textIs = (text: SQL, texts: readonly string[]): SQL =>
  sql`lower(btrim(${text})) = any(array(select lower(btrim(v)) from unnest(${textArray(texts)}) v))`;

function column(kind: Kind, field: string): SQL {
  const found = RECORD_TABLES[kind].columns.find((candidate) => candidate.field === field);
  if (!found) throw new RangeError(`a ${kind} has no field ${field}`);
  return sql.raw(`r."${found.column}"`);
}

/** A blank is not the value either, so `not` keeps it. */
const negated = (condition: SQL, not = false): SQL => (not ? sql`(${condition}) is not true` : condition);

function between(time: SQL, from: Date | null, to: Date | null): SQL {
  const ends = [
    from && sql`${time} >= ${from.toISOString()}::timestamptz`,
    to && sql`${time} < ${after(to)}::timestamptz`,
  ];
  const given = ends.filter((end) => end !== null);
  return given.length === 0 ? sql`true` : sql.join(given, sql` and `);
}

/** Clients see milliseconds and we keep microseconds: the end includes its whole millisecond. */
const after = (to: Date): string => new Date(to.getTime() + 1).toISOString();
