import { type SQL, sql } from 'drizzle-orm';
import { FIELDS, type FieldSpec } from '../../domain/fields.ts';
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
  const chosen = await chooseLookups(context, screened);
  const targets = await followReferences(context, screened);
  const fields = Object.entries<FieldSpec>(FIELDS[context.kind]);
  return screened.map((item, at) => {
    const local: Record<string, LocalValue> = {};
    const open: OpenReference[] = [];
    for (const [field, spec] of fields) {
      const value = item.fields[field];
      if (value === undefined) continue;
      if (field === 'organization') local[field] = item.organizationId;
      else if (spec.type === 'lookup') local[field] = chosen[at]?.[field] ?? null;
      else if (spec.type === 'reference') {
        const psaId = value as string | null;
        const found = psaId === null ? null : (targets[at]?.[field] ?? null);
        local[field] = found;
        if (psaId !== null && found === null) open.push({ field, target: spec.target, psaId });
      } else local[field] = value as LocalValue;
    }
    return { ...item, local, open, matchKey: matchKey(context.kind, local, context.matchRule) };
  });
}

/** Our ids by field, for one record. */
type Ids = Record<string, string | undefined>;

/** The rows of named lists that each record chooses, in the order of the records. */
async function chooseLookups(context: ApplyContext, screened: readonly Screened[]): Promise<readonly Ids[]> {
  const chosen = screened.map((): Ids => ({}));
  const lists = Object.entries<FieldSpec>(FIELDS[context.kind]).flatMap(([field, spec]) =>
    spec.type === 'lookup' ? [{ field, list: spec.list, within: spec.within }] : [],
  );
  // Parents first: a model's row is looked for under its manufacturer's.
  for (const nested of [false, true]) {
    const wanted: (WantedLookup & { readonly field: string; readonly ids: Ids })[] = [];
    for (const { field, list, within } of lists) {
      if ((within !== undefined) !== nested) continue;
      for (const [at, { fields }] of screened.entries()) {
        const value = fields[field] as PsaLookup | null | undefined;
        const ids = chosen[at];
        if (value && ids) wanted.push({ list, value, parentId: (within && ids[within]) ?? null, field, ids });
      }
    }
    const found = await context.lookups.resolve(context.tx, context.integrationId, wanted, isDryRun(context));
    for (const [at, { field, ids }] of wanted.entries()) ids[field] = found[at];
  }
  return chosen;
}

interface WantedReference {
  readonly target: Kind;
  readonly psaId: string;
  /** Set where the target has to be inside this organization. */
  readonly inside: string | null;
}

/** The records of ours that each record refers to, in the order of the records; those that are not there are left out. */
async function followReferences(context: ApplyContext, screened: readonly Screened[]): Promise<readonly Ids[]> {
  const { kind } = context;
  const targets = screened.map((): Ids => ({}));
  const wanted = new Map<
    string,
    WantedReference & { readonly places: { readonly field: string; readonly ids: Ids }[] }
  >();
  for (const [field, spec] of Object.entries<FieldSpec>(FIELDS[kind])) {
    if (spec.type !== 'reference' || field === 'organization') continue;
    // A configuration's contact counts only inside the same organization, so the answer depends on who asks.
    const sameHome = kind === 'configuration' && field === 'contact';
    for (const [at, { fields, organizationId }] of screened.entries()) {
      const psaId = fields[field] as string | null | undefined;
      const ids = targets[at];
      if (psaId === null || psaId === undefined || !ids) continue;
      const inside = sameHome ? organizationId : null;
      const key = `${spec.target}|${psaId}|${inside ?? ''}`;
      const asked = wanted.get(key);
      if (asked) asked.places.push({ field, ids });
      else wanted.set(key, { target: spec.target, psaId, inside, places: [{ field, ids }] });
    }
  }
  if (wanted.size === 0) return targets;
  const asked = [...wanted.values()];
  const found = await context.tx.db.execute<{ at: string; id: string }>(findReferences(context, asked));
  for (const { at, id } of found) for (const { field, ids } of asked[Number(at) - 1]?.places ?? []) ids[field] = id;
  return targets;
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
