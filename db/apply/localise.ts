import { type SQL, sql } from 'drizzle-orm';
import { fieldSpec, FIELDS, type FieldSpec } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import { matchKey } from '../../domain/match-key.ts';
import type { OpenReference, PlanItem } from '../../domain/plan-types.ts';
import type { LocalValue, PsaLookup, PsaValues } from '../../domain/values.ts';
import { idArray, textArray } from '../sql.ts';
import { type ApplyContext, isDryRun } from './context.ts';
import type { WantedLookup } from './lookup-cache.ts';

/** A PSA record inside the gate, on its way to a plan. */
export interface Screened {
  readonly psaId: string;
  readonly fields: PsaValues;
  readonly hash: string;
  readonly organizationId: string | null;
}

/** Puts the values of PSA records into our terms: rows of named lists (made where unknown) and records that they refer to. */
export async function localise(context: ApplyContext, screened: readonly Screened[]): Promise<PlanItem[]> {
  const specs = Object.entries<FieldSpec>(FIELDS[context.kind]);
  const lookups = specs.filter(([, spec]) => spec.type === 'lookup');
  // Parents first: a model's row is looked for under its manufacturer's.
  for (const nested of [false, true]) {
    const fields = lookups.filter(([, spec]) => spec.type === 'lookup' && (spec.within !== undefined) === nested);
    const wanted = screened.flatMap(({ fields: values }) =>
      fields.flatMap(([field]) => wantedLookup(context, values, field) ?? []),
    );
    await context.lookups.resolve(context.tx, context.integrationId, wanted, isDryRun(context));
  }
  const targets = await resolveReferences(context, screened);
  return screened.map((item) => localiseOne(context, item, targets));
}

function wantedLookup(context: ApplyContext, values: PsaValues, field: string): WantedLookup | undefined {
  const spec = fieldSpec(context.kind, field);
  const value = values[field] as PsaLookup | null | undefined;
  if (spec?.type !== 'lookup' || !value) return undefined;
  const parent = spec.within === undefined ? undefined : wantedLookup(context, values, spec.within);
  return { list: spec.list, value, parentId: (parent && context.lookups.get(parent)) ?? null };
}

function localiseOne(context: ApplyContext, item: Screened, targets: ReadonlyMap<string, string>): PlanItem {
  const local: Record<string, LocalValue> = {};
  const open: OpenReference[] = [];
  for (const [field, value] of Object.entries(item.fields)) {
    const spec = fieldSpec(context.kind, field);
    if (spec?.type === 'lookup') {
      const wanted = wantedLookup(context, item.fields, field);
      local[field] = (wanted && context.lookups.get(wanted)) ?? null;
    } else if (spec?.type === 'reference' && field !== 'organization') {
      const psaId = value as string | null;
      const found =
        psaId === null ? undefined : targets.get(referenceKey(context.kind, field, psaId, item.organizationId));
      local[field] = found ?? null;
      if (psaId !== null && found === undefined) open.push({ field, target: spec.target, psaId });
    } else {
      local[field] = value as LocalValue;
    }
  }
  if ('organization' in item.fields) local['organization'] = item.organizationId;
  return { ...item, local, open, matchKey: matchKey(context.kind, local, context.matchRule) };
}

/** A configuration's contact counts only inside the same organization, so the answer depends on who asks. */
function referenceKey(kind: Kind, field: string, psaId: string, organizationId: string | null): string {
  return kind === 'configuration' && field === 'contact' ? `${field}|${psaId}|${organizationId}` : `${field}|${psaId}`;
}

interface WantedReference {
  readonly target: Kind;
  readonly psaId: string;
  /** Set where the target has to be inside this organization. */
  readonly inside: string | null;
}

async function resolveReferences(context: ApplyContext, screened: readonly Screened[]): Promise<Map<string, string>> {
  const wanted = new Map<string, WantedReference>();
  for (const { fields, organizationId } of screened) {
    for (const [field, value] of Object.entries(fields)) {
      const spec = fieldSpec(context.kind, field);
      if (spec?.type !== 'reference' || field === 'organization' || value === null) continue;
      const key = referenceKey(context.kind, field, value as string, organizationId);
      const inside = key.split('|').length === 3 ? organizationId : null;
      wanted.set(key, { target: spec.target, psaId: value as string, inside });
    }
  }
  if (wanted.size === 0) return new Map();
  const keys = [...wanted.keys()];
  const found = await context.tx.db.execute<{ at: string; id: string }>(findReferences(context, [...wanted.values()]));
  return new Map(found.map(({ at, id }) => [keys[Number(at) - 1] ?? '', id]));
}

/** Answers places in `wanted`, from 1, with our ids; what is not there is left out. */
function findReferences(context: ApplyContext, wanted: readonly WantedReference[]): SQL {
  const { tx, integrationId, run } = context;
  const asked = sql`unnest(${textArray(wanted.map(({ target }) => target))}, ${textArray(wanted.map(({ psaId }) => psaId))},
    ${idArray(wanted.map(({ inside }) => inside))}) with ordinality as w(target, psa_id, inside, at)`;
  const linked = sql`
    select w.at::text, l.record_id::text as id from ${asked}
    cross join lateral (
      select record_id from links where tenant_id = ${tx.tenantId} and integration_id = ${integrationId}
        and kind = w.target and psa_id = w.psa_id and state <> 'disconnected' offset 0) l
    where w.inside is null
      or w.inside = (select organization_id from contacts where tenant_id = ${tx.tenantId} and id = l.record_id)`;
  if (!run || !isDryRun(context)) return linked;
  return sql`${linked} union all
    select w.at::text, d.record_id::text from ${asked}
    join dry_run_items d on d.tenant_id = ${tx.tenantId} and d.run_id = ${run.id} and d.kind = w.target
      and d.psa_id = w.psa_id and d.action in ('create', 'link')
    where w.inside is null or d.organization_id = w.inside`;
}
