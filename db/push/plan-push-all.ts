import { hash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import type { TenantTx } from '../database.ts';
import type { Integration } from '../integrations/read-integration.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { Refusal } from '../refusal.ts';
import { idArray, rowsOf } from '../sql.ts';
import { listNotYetPushed, type NotYetPushed } from './not-yet-pushed.ts';

/** A record that pushing everything would send. */
interface Planned extends NotYetPushed {
  readonly kind: Kind;
  readonly version: string;
}

/** Records listed at a time. */
const PAGE = 500;

/**
 * Notes what pushing everything would send: all that the PSA does not have yet and nobody has saved since two-way sync was
 * switched on. Nothing is sent before somebody says yes to exactly this. Answers the plan's id; an older one that was only
 * shown is superseded.
 */
export async function planPushAll(tx: TenantTx, integration: Integration, rules: ProviderRules): Promise<string> {
  refuseOneWay(integration, rules);
  const planned = await listAll(tx, integration, rules);
  await tx.db.execute(sql`
    update push_plans set state = 'superseded'
    where tenant_id = ${tx.tenantId} and integration_id = ${integration.id} and state = 'shown'`);
  const rows = planned.map((one, position) => ({ position, ...one }));
  const columns = {
    position: 'int',
    kind: 'text',
    recordId: 'bigint',
    name: 'text',
    fields: 'jsonb',
    version: 'bigint',
  };
  const [plan] = await tx.db.execute<{ id: string }>(sql`
    with plan as (
      insert into push_plans (tenant_id, integration_id, digest, records, created_by)
      values (${tx.tenantId}, ${integration.id}, ${digestOf(planned)}, ${planned.length}, ${tx.author}) returning id),
    items as (
      insert into push_plan_items (tenant_id, plan_id, position, kind, record_id, name, fields, version)
      select ${tx.tenantId}::bigint, plan.id, r.position, r.kind, r."recordId", r.name, r.fields, r.version
      from plan cross join ${rowsOf(rows, 'r', columns)})
    select id from plan`);
  return plan?.id ?? '';
}

/** Says yes to a plan. Refuses it if pushing everything would send anything else by now than what was shown. */
export async function confirmPushPlan(
  tx: TenantTx,
  planId: string,
  integration: Integration,
  rules: ProviderRules,
): Promise<void> {
  refuseOneWay(integration, rules);
  const [plan] = await tx.db.execute<{ state: string; digest: string }>(sql`
    select state, digest from push_plans
    where tenant_id = ${tx.tenantId} and id = ${planId} and integration_id = ${integration.id} for update`);
  if (!plan) throw new Refusal(`There is no plan ${planId}.`);
  const anew = '`psa-sync push all` shows what would be pushed now.';
  if (plan.state !== 'shown') throw new Refusal(`Plan ${planId} is ${plan.state} already.`, anew);
  if (digestOf(await listAll(tx, integration, rules)) !== plan.digest) {
    throw new Refusal(`What would be pushed has changed since plan ${planId} was shown.`, anew);
  }
  await tx.db.execute(sql`
    update push_plans set state = 'confirmed', confirmed_at = now(), confirmed_by = ${tx.author}
    where tenant_id = ${tx.tenantId} and id = ${planId}`);
}

function refuseOneWay({ key, provider, settings }: Integration, rules: ProviderRules): void {
  if (!rules.isTwoWay(provider))
    throw new Refusal(
      `${provider} takes no writes, so nothing can be pushed to ${key}.`,
      'Change what comes from it over there: the next sync brings it here.',
    );
  if (settings.twoWay) return;
  throw new Refusal(`Two-way sync of ${key} is off.`, 'Switch it on with `psa-sync settings set two-way=on`.');
}

async function listAll(tx: TenantTx, integration: Integration, rules: ProviderRules): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const kind of KINDS) {
    for (let after: string | null = null; ;) {
      const page = await listNotYetPushed(tx, { integration, kind, after, limit: PAGE }, rules);
      planned.push(...(await withVersions(tx, kind, page.records)));
      if (page.next === null) break;
      after = page.next;
    }
  }
  return planned;
}

async function withVersions(tx: TenantTx, kind: Kind, records: readonly NotYetPushed[]): Promise<Planned[]> {
  const rows = await tx.db.execute<{ id: string; version: string }>(sql`
    select id, version from ${sql.raw(RECORD_TABLES[kind].table)}
    where tenant_id = ${tx.tenantId} and id = any(${idArray(records.map(({ recordId }) => recordId))})`);
  const versions = new Map(rows.map((row) => [row.id, row.version]));
  return records.map((record) => ({ ...record, kind, version: versions.get(record.recordId) ?? '0' }));
}

/** The same for the same records with the same versions and fields. */
function digestOf(planned: readonly Planned[]): string {
  const lines = planned.map(({ kind, recordId, version, fields }) => JSON.stringify([kind, recordId, version, fields]));
  return hash('sha1', lines.join('\n'), 'base64url');
}
