import { sql } from 'drizzle-orm';
import { isSyncing } from '../../domain/edit-rules.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import type { LocalValues, PsaValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { differsFromBase } from '../edits/differs-from-base.ts';
import { findCreates, isPushed, takesAnyOf } from '../edits/find-creates.ts';
import type { EditedIntegration } from '../edits/lock-for-edit.ts';
import { RECORD_TABLES, valuesOfRow } from '../record-tables.ts';
import { nameOfRow } from '../records/names.ts';

export interface NotYetPushedFilter {
  readonly integration: EditedIntegration;
  readonly kind: Kind;
  /** Ids above this one; null from the beginning. */
  readonly after: string | null;
  readonly limit: number;
}

/** A record that would go to the PSA if somebody saved it. */
export interface NotYetPushed {
  readonly recordId: string;
  readonly name: string | null;
  /** Null: the PSA does not have it. Otherwise the fields in which the two differ. */
  readonly fields: readonly string[] | null;
}

export interface NotYetPushedPage {
  readonly records: readonly NotYetPushed[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
}

type Row = Record<string, unknown> & {
  id: string;
  shown_name: string | null;
  state: LinkState | null;
  base: PsaValues | null;
  on_their_way: string[] | null;
};

interface Candidate {
  readonly recordId: string;
  readonly name: string | null;
  readonly values: LocalValues;
  readonly row: Row;
}

/** Records looked at together; most of a tenant's are in step and never come this far. */
const CHUNK = 500;

/**
 * Records that two-way sync leaves alone until they are saved, by id: brought in before it was switched on, or by an
 * import. What is on its way already, or has failed, is a push and not here.
 */
export async function listNotYetPushed(
  tx: TenantTx,
  { integration, kind, after, limit }: NotYetPushedFilter,
  rules: ProviderRules,
): Promise<NotYetPushedPage> {
  const found: NotYetPushed[] = [];
  if (!isPushed(integration, rules) || !takesAnyOf(integration, kind, rules)) return { records: found, next: null };
  let last = after ?? '0';
  for (;;) {
    const candidates = await readCandidates(tx, integration.id, kind, last);
    for (const one of await judge(tx, integration, kind, candidates, rules)) {
      found.push(one);
      if (found.length === limit) return { records: found, next: one.recordId };
    }
    const end = candidates.at(-1);
    if (!end || candidates.length < CHUNK) return { records: found, next: null };
    last = end.recordId;
  }
}

/** Without a link, or written here since the last sync; and no push of it is open. */
async function readCandidates(tx: TenantTx, integrationId: string, kind: Kind, after: string): Promise<Candidate[]> {
  const rows = await tx.db.execute<Row>(sql`
    select r.*, ${nameOfRow(kind)} as shown_name, l.state, l.base, (
      select array_agg(e.field) from pending_edits e where e.tenant_id = ${tx.tenantId}
        and e.integration_id = ${integrationId} and e.record_id = r.id) as on_their_way
    from ${sql.raw(RECORD_TABLES[kind].table)} r
    left join lateral (
      select state, base, drifted from links
      where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and record_id = r.id
      order by state in ('live', 'error') desc limit 1) l on true
    where r.tenant_id = ${tx.tenantId} and r.id > ${after} and (l.state is null or (l.drifted and l.state in ('live', 'error')))
      and not exists (select from pushes p where p.tenant_id = ${tx.tenantId} and p.integration_id = ${integrationId}
        and p.record_id = r.id and p.state in ('pending', 'waiting', 'failed', 'attention'))
    order by r.id limit ${CHUNK}`);
  return rows.map((row) => ({ recordId: row.id, name: row.shown_name, values: valuesOfRow(kind, row), row }));
}

async function judge(
  tx: TenantTx,
  integration: EditedIntegration,
  kind: Kind,
  candidates: readonly Candidate[],
  rules: ProviderRules,
): Promise<NotYetPushed[]> {
  const unlinked = candidates.flatMap(({ values, row }, index) =>
    row.state === null ? [{ index, integration, values }] : [],
  );
  const creates = new Set((await findCreates(tx, kind, unlinked, rules)).map(({ index }) => index));
  const based = candidates.flatMap(({ recordId, values, row: { state, base } }) =>
    state !== null && isSyncing(state) && base ? [{ recordId, values, base }] : [],
  );
  const differing = await differsFromBase(tx, integration, kind, based, rules);
  return candidates.flatMap(({ recordId, name, row }, index): NotYetPushed[] => {
    if (creates.has(index)) return [{ recordId, name, fields: null }];
    const fields = (differing.get(recordId) ?? []).filter(
      (field) => rules.directionOf(integration, kind, field) === 'both' && row.on_their_way?.includes(field) !== true,
    );
    return fields.length > 0 ? [{ recordId, name, fields }] : [];
  });
}
