import { sql } from 'drizzle-orm';
import type { ValueProblem } from '../../domain/check-values.ts';
import { fieldSpec, FIELDS } from '../../domain/fields.ts';
import { CHILD_KINDS, KINDS, type Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { idArray } from '../sql.ts';

/** Values of one record on their way into its row. */
export interface Draft {
  /** Null: it is to be made. */
  readonly recordId: string | null;
  /** All values, as they are going to be. */
  readonly values: LocalValues;
  readonly changed: readonly string[];
}

/** A row of a named list or a record that a draft names. */
interface Named {
  readonly id: string;
  /** The list, or the kind. */
  readonly what: string;
  /** A model's manufacturer, or the organization of a record. */
  readonly parent: string | null;
}

/** What is wrong with the rows and records that drafts of one kind name: one list of problems a draft. */
export async function checkReferences(
  tx: TenantTx,
  kind: Kind,
  drafts: readonly Draft[],
): Promise<(readonly ValueProblem[])[]> {
  const fields = drafts.map((draft) => fieldsToCheck(kind, draft.changed));
  const ids = new Set(
    drafts.flatMap(({ values }, i) => fields[i]?.flatMap((field) => idIn(values, field) ?? []) ?? []),
  );
  const named = await readNamed(tx, kind, [...ids]);
  const problems: ValueProblem[][] = drafts.map((draft, i) =>
    (fields[i] ?? []).flatMap((field) => problemOf(kind, draft, field, named) ?? []),
  );
  for (const [i, draft] of drafts.entries()) {
    if (draft.recordId === null) continue;
    if (kind === 'organization' && draft.changed.includes('parent')) {
      if (await isBelowItself(tx, draft.recordId, idIn(draft.values, 'parent'))) {
        problems[i]?.push({ field: 'parent', code: 'elsewhere', message: 'Is below this organization itself.' });
      }
    }
    if (kind !== 'organization' && draft.changed.includes('organization')) {
      const referring = await countReferring(tx, kind, draft.recordId);
      if (referring > 0) {
        const message = `${referring} other records of its organization refer to it, so it can't leave. Change those first.`;
        problems[i]?.push({ field: 'organization', code: 'referred_to', message });
      }
    }
  }
  return problems;
}

/** Fields whose row or record depends on what changed: their own, and those inside of it. */
function fieldsToCheck(kind: Kind, changed: readonly string[]): string[] {
  return Object.keys(FIELDS[kind]).filter((field) => {
    const spec = fieldSpec(kind, field);
    if (spec?.type === 'lookup') return changed.includes(field) || (spec.within && changed.includes(spec.within));
    return spec?.type === 'reference' && (changed.includes(field) || changed.includes('organization'));
  });
}

const idIn = (values: LocalValues, field: string): string | null => {
  const value = values[field];
  return typeof value === 'string' ? value : null;
};

function problemOf(
  kind: Kind,
  { recordId, values }: Draft,
  field: string,
  named: ReadonlyMap<string, Named>,
): ValueProblem | null {
  const spec = fieldSpec(kind, field);
  const id = idIn(values, field);
  if (id === null) {
    if (field !== 'organization') return null;
    return { field, code: 'required', message: `A ${kind} belongs to an organization.` };
  }
  const found = named.get(id);
  if (spec?.type === 'lookup') {
    if (found?.what !== spec.list) return { field, code: 'not_found', message: 'There is no such row in its list.' };
    if (spec.within === undefined || found.parent === idIn(values, spec.within)) return null;
    return { field, code: 'elsewhere', message: `Belongs to another ${spec.within} than the record's.` };
  }
  if (spec?.type !== 'reference') return null;
  if (found?.what !== spec.target) return { field, code: 'not_found', message: `There is no such ${spec.target}.` };
  if (spec.target === 'organization') {
    if (id !== recordId || kind !== 'organization') return null;
    return { field, code: 'elsewhere', message: 'An organization is not its own parent.' };
  }
  const home = kind === 'organization' ? recordId : idIn(values, 'organization');
  if (found.parent === home) return null;
  return { field, code: 'elsewhere', message: `Belongs to another organization.` };
}

async function readNamed(tx: TenantTx, kind: Kind, ids: readonly string[]): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map();
  const targets = new Set(
    Object.keys(FIELDS[kind]).flatMap((field) => {
      const spec = fieldSpec(kind, field);
      return spec?.type === 'reference' ? [spec.target] : [];
    }),
  );
  const places = [
    sql`select id, list as what, parent_id as parent from lookups where tenant_id = ${tx.tenantId} and id = any(${idArray(ids)})`,
    ...KINDS.filter((target) => targets.has(target)).map(
      (target) => sql`
        select id, ${target}, ${target === 'organization' ? sql`null` : sql`organization_id`}
        from ${sql.raw(RECORD_TABLES[target].table)} where tenant_id = ${tx.tenantId} and id = any(${idArray(ids)})`,
    ),
  ];
  const rows = await tx.db.execute<Named & Record<string, unknown>>(sql.join(places, sql` union all `));
  return new Map(rows.map((row) => [row.id, row]));
}

async function isBelowItself(tx: TenantTx, organizationId: string, parentId: string | null): Promise<boolean> {
  if (parentId === null || parentId === organizationId) return false; // the latter is said already
  const [row] = await tx.db.execute<{ ring: boolean }>(sql`
    with recursive above(id) as (
      select ${parentId}::bigint
      union select o.parent_id from above join organizations o on o.tenant_id = ${tx.tenantId} and o.id = above.id
      where o.parent_id is not null)
    select exists (select from above where id = ${organizationId}) as ring`);
  return row?.ring ?? false;
}

/** How many records name one in a field that stays inside an organization. */
async function countReferring(tx: TenantTx, kind: Kind, recordId: string): Promise<number> {
  const places = (['organization', ...CHILD_KINDS] as const).flatMap((from) =>
    RECORD_TABLES[from].columns.flatMap(({ field, column }) => {
      const spec = fieldSpec(from, field);
      if (spec?.type !== 'reference' || spec.target !== kind) return [];
      return [
        sql`select count(*) as n from ${sql.raw(RECORD_TABLES[from].table)}
          where tenant_id = ${tx.tenantId} and ${sql.raw(column)} = ${recordId}`,
      ];
    }),
  );
  if (places.length === 0) return 0;
  const [row] = await tx.db.execute<{ n: string }>(
    sql`select sum(n)::text as n from (${sql.join(places, sql` union all `)}) c`,
  );
  return Number(row?.n ?? 0);
}
