import { sql } from 'drizzle-orm';
import { asksForCreate, isSyncing, type OrganizationStanding } from '../../domain/edit-rules.ts';
import { fieldNames } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { ProviderRules, RuledIntegration } from '../../domain/provider-rules.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { rowsOf } from '../sql.ts';
import type { EditedIntegration } from './lock-for-edit.ts';

/** A record that one PSA does not have. */
export interface Unlinked {
  /** The caller's; answered again. */
  readonly index: number;
  readonly integration: EditedIntegration;
  readonly values: LocalValues;
}

interface Row extends Record<string, unknown> {
  index: number;
  i: string;
  type_ticked: boolean;
  status_ticked: boolean;
  home_state: LinkState | null;
  home_ticked: boolean;
}

/** Whether edits go on to this PSA at all, and records of this kind with them. */
export function isPushed({ provider, settings }: EditedIntegration, rules: ProviderRules): boolean {
  return settings.twoWay && rules.isTwoWay(provider);
}

/** Whether a PSA takes anything of a kind; one that only gives it refuses what is made here, and says so. */
export function takesAnyOf(integration: RuledIntegration, kind: Kind, rules: ProviderRules): boolean {
  return fieldNames(kind).some((field) => rules.directionOf(integration, kind, field) === 'both');
}

/** Which of these are to be made in their PSA once they are saved, those that it will refuse among them. */
export async function findCreates(
  tx: TenantTx,
  kind: Kind,
  unlinked: readonly Unlinked[],
  rules: ProviderRules,
): Promise<Unlinked[]> {
  const able = unlinked.filter(({ integration }) => isPushed(integration, rules));
  if (able.length === 0) return [];
  const rows = able.map(({ index, integration, values }) => {
    const own = rules.gateOf(integration.provider, kind);
    const home = rules.gateOf(integration.provider, 'organization');
    return {
      index,
      i: integration.id,
      tl: own?.types ?? null,
      t: values['type'] ?? null,
      sl: own?.statuses ?? null,
      s: values['status'] ?? null,
      o: kind === 'organization' ? null : (values['organization'] ?? null),
      htl: home?.types ?? null,
      hsl: home?.statuses ?? null,
    };
  });
  const ticked = (list: string, id: string) => sql`exists (select from lookup_links t
    where t.tenant_id = ${tx.tenantId} and t.integration_id = u.i and t.list = ${sql.raw(list)} and t.lookup_id = ${sql.raw(id)} and t.ticked)`;
  const found = await tx.db.execute<Row>(sql`
    select u.index, u.i, ${ticked('u.tl', 'u.t')} as type_ticked, ${ticked('u.sl', 'u.s')} as status_ticked,
      (select l.state from links l where l.record_id = u.o and l.integration_id = u.i and l.tenant_id = ${tx.tenantId}
        order by l.state in ('live', 'error') desc limit 1) as home_state,
      (u.htl is null or ${ticked('u.htl', 'o.type_id')}) and (u.hsl is null or ${ticked('u.hsl', 'o.status_id')}) as home_ticked
    from ${rowsOf(rows, 'u', { index: 'int', i: 'bigint', tl: 'text', t: 'bigint', sl: 'text', s: 'bigint', o: 'bigint', htl: 'text', hsl: 'text' })}
    left join organizations o on o.tenant_id = ${tx.tenantId} and o.id = u.o
    order by u.index, u.i`);
  const byPlace = new Map(able.map((one) => [`${one.index}|${one.integration.id}`, one]));
  return found.flatMap((row) => {
    const one = byPlace.get(`${row.index}|${row.i}`);
    if (!one) return [];
    const { integration } = one;
    const wanted = asksForCreate({
      gate: rules.gateOf(integration.provider, kind),
      typeTicked: row.type_ticked,
      statusTicked: row.status_ticked,
      kindEnabled: kind !== 'contact' || integration.settings.contactsSync,
      organization: kind === 'organization' ? null : standingOf(row),
    });
    return wanted ? [one] : [];
  });
}

function standingOf({ home_state, home_ticked }: Row): OrganizationStanding {
  if (home_state !== null) return isSyncing(home_state) ? 'syncing' : 'outside';
  return home_ticked ? 'may_come' : 'outside';
}
