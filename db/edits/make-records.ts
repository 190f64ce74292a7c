import { sql } from 'drizzle-orm';
import { checkValues } from '../../domain/check-values.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import { isBlank, type LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { listIntegrations } from '../integrations/read-integration.ts';
import { keyColumns, keysOf } from '../match-keys.ts';
import { RECORD_TABLES, rowOfValues } from '../record-tables.ts';
import { identifiers, rowsOf } from '../sql.ts';
import { AGAIN } from './ask-for-push.ts';
import { checkReferences } from './check-references.ts';
import { type Edited, InvalidValues, type MakeRecord, onlyGiven, RefusedBatch } from './edit.ts';
import { findCreates, takesAnyOf } from './find-creates.ts';
import type { EditedIntegration } from './lock-for-edit.ts';

/**
 * Makes a record, and asks every PSA for it whose gate would let it in. In a transaction of origin `local`.
 * @throws InvalidValues
 */
export async function makeRecord(tx: TenantTx, input: MakeRecord, rules: ProviderRules): Promise<Edited> {
  try {
    const [made] = await makeRecords(tx, input.kind, [input], rules);
    if (made) return made;
  } catch (error) {
    throw error instanceof RefusedBatch ? (error.refusals[0]?.refusal ?? error) : error;
  }
  throw new Error(`the new ${input.kind} was not answered`);
}

/**
 * Makes several records of a kind, all or none; answers them in their order.
 * @throws RefusedBatch that names each that can't be made, by its place
 */
export async function makeRecords(
  tx: TenantTx,
  kind: Kind,
  inputs: readonly MakeRecord[],
  rules: ProviderRules,
): Promise<Edited[]> {
  if (inputs.length === 0) return [];
  const drafts = await check(tx, kind, inputs);
  const integrations = await integrationsFor(tx, inputs, rules);
  const creates = await findCreates(
    tx,
    kind,
    drafts.flatMap((values, index) =>
      inputs[index]?.source === 'import' ? [] : integrations.map((integration) => ({ index, integration, values })),
    ),
    rules,
  );
  const ids = await insert(tx, kind, inputs, drafts, creates);
  return drafts.map((values, index) => {
    const recordId = ids[index] ?? '';
    const own = creates.filter((one) => one.index === index);
    const pushes = own.map(({ integration: { id, key, provider } }) => ({
      integrationId: id,
      integrationKey: key,
      provider,
      kind,
      recordId,
    }));
    const refusals = own
      .filter(({ integration }) => !takesAnyOf(integration, kind, rules))
      .map(({ integration: { key } }) => onlyGiven(key, kind));
    const changed = Object.keys(values).filter((field) => !isBlank(values[field]));
    return { recordId, kind, changed, pushes, refusals };
  });
}

/** Values as they are stored; refuses all of them if one can't be. */
async function check(tx: TenantTx, kind: Kind, inputs: readonly MakeRecord[]): Promise<LocalValues[]> {
  const checked = inputs.map(({ values }) => checkValues(kind, values));
  const home = kind === 'organization' ? [] : ['organization'];
  const references = await checkReferences(
    tx,
    kind,
    checked.map(({ values }) => ({ recordId: null, values, changed: [...home, ...Object.keys(values)] })),
  );
  const refusals = checked.flatMap(({ problems }, index) => {
    // What is wrong by itself need not be looked for, too.
    const named = new Set(problems.map(({ field }) => field));
    const all = [...problems, ...(references[index] ?? []).filter(({ field }) => !named.has(field))];
    return all.length > 0 ? [{ index, refusal: new InvalidValues(`The new ${kind}`, all) }] : [];
  });
  if (refusals.length > 0) throw new RefusedBatch(refusals);
  return checked.map(({ values }) => values);
}

async function integrationsFor(
  tx: TenantTx,
  inputs: readonly MakeRecord[],
  rules: ProviderRules,
): Promise<EditedIntegration[]> {
  if (inputs.every(({ source }) => source === 'import')) return [];
  return (await listIntegrations(tx)).filter(({ settings, provider }) => settings.twoWay && rules.isTwoWay(provider));
}

async function insert(
  tx: TenantTx,
  kind: Kind,
  inputs: readonly MakeRecord[],
  drafts: readonly LocalValues[],
  creates: Awaited<ReturnType<typeof findCreates>>,
): Promise<string[]> {
  const { table, columns } = RECORD_TABLES[kind];
  const types = { ...keyColumns(kind), ...Object.fromEntries(columns.map(({ column, type }) => [column, type])) };
  const names = identifiers(Object.keys(types));
  const rows = drafts.map((values, n) => ({
    n,
    s: inputs[n]?.source,
    ...keysOf(kind, values),
    ...rowOfValues(kind, values),
  }));
  const pushes = creates.map(({ index, integration }) => ({
    n: index,
    i: integration.id,
    s: inputs[index]?.source,
    a: inputs[index]?.author,
  }));
  const made = await tx.db.execute<{ id: string }>(sql`
    with given as materialized (
      select nextval('ids') as id, r.* from ${rowsOf(rows, 'r', { n: 'int', s: 'text', ...types })}),
    made as (
      insert into ${sql.raw(table)} (id, tenant_id, origin, ${names}) select id, ${tx.tenantId}::bigint, s, ${names} from given),
    asked as (
      insert into pushes (tenant_id, integration_id, kind, record_id, origin, author)
      select ${tx.tenantId}::bigint, i, ${kind}, g.id, p.s, p.a
      from ${rowsOf(pushes, 'p', { n: 'int', i: 'bigint', s: 'text', a: 'text' })} join given g on g.n = p.n
      ${AGAIN})
    select id from given order by n`);
  return made.map(({ id }) => id);
}
