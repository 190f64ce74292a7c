import type postgres from 'postgres';
import { type Home, readOurs, readTerms } from '../oracle/ours.ts';
import type { Kind } from '../oracle/theirs.ts';

const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/**
 * All that a tenant's syncs left, as text: the same for two tenants whose syncs came to the same end, whatever happened on
 * the way. Ids of ours are replaced by what they stand for, times are left out.
 */
export async function canonicalDump(sql: postgres.Sql, home: Home): Promise<string> {
  const { tenantId, integrationId } = home;
  const nothingKnown = new Set<string>();
  const { records, links, reviews, open, pending, rows } = await readOurs(sql, home, nothingKnown);
  const terms = await readTerms(sql, home, nothingKnown);
  const rejects = await sql<{ kind: Kind; scope: string; psa_id: string | null; code: string; reason: string }[]>`
    select kind, scope, psa_id, code, reason from rejects where tenant_id = ${tenantId}`;
  const conflicts = await sql<{ record_id: string; field: string; local_value: unknown; psa_value: unknown }[]>`
    select record_id, field, local_value, psa_value from conflicts where tenant_id = ${tenantId}`;
  const history = await sql<{ record_id: string; source: string; changes: Record<string, [unknown, unknown]> }[]>`
    select record_id, source, changes from field_history where tenant_id = ${tenantId}`;
  const ranges = await sql`
    select g.kind, g.state, g.read, g.created, g.linked, g.updated, g.unchanged, g.outside, g.review, g.rejected, g.orphaned,
      r.job, r.state as run_state, r.dry_run, row_number() over (partition by g.kind order by r.id) as n
    from run_ranges g join runs r on r.tenant_id = g.tenant_id and r.id = g.run_id
    where g.tenant_id = ${tenantId} order by n, g.kind`;
  const bases = await sql`
    select kind, psa_id, base, hash, drifted from links
    where tenant_id = ${tenantId} and integration_id = ${integrationId} order by kind, psa_id`;
  const ticks = await sql`
    select list, psa_id, name, inactive, ticked from lookup_links
    where tenant_id = ${tenantId} and integration_id = ${integrationId} order by list, psa_id`;
  const content = {
    records: sorted(records),
    links: sorted(links),
    reviews: sorted(reviews),
    open: [...open].sort(),
    pending: [...pending].sort(),
    rows: sorted(rows),
    ticks,
    bases,
    ranges,
    rejects: rejects.map((reject) => JSON.stringify(reject)).sort(),
    conflicts: conflicts
      .map((c) => `${terms.record(c.record_id)} ${c.field}: ${terms.value(c.field, c.local_value)}`)
      .sort(),
    history: history
      .map(({ record_id, source, changes }) => {
        const fields = Object.entries(changes).map(([field, values]) => [
          field,
          ...values.map((value) => terms.value(field, value)),
        ]);
        return `${terms.record(record_id)} ${source} ${JSON.stringify(fields.sort())}`;
      })
      .sort(),
  };
  return JSON.stringify(content, null, 1);
}
