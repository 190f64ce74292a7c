import { sql } from 'drizzle-orm';
import { addCounts, type Counts, countActions, NO_COUNTS } from '../../domain/counts.ts';
import { organizationGate, passGate } from '../../domain/gate.ts';
import type { OutsideReason } from '../../domain/plan-types.ts';
import { planPage } from '../../domain/plan.ts';
import { comparePsaIds, type PsaRecord } from '../../domain/psa-record.ts';
import { recordHash } from '../../domain/record-hash.ts';
import { settingsDigest } from '../../domain/run-settings.ts';
import { textArray } from '../sql.ts';
import { type ApplyContext, isDryRun } from './context.ts';
import { notePlan } from './dry-run.ts';
import { refuseHoldersInDoubt } from './holders.ts';
import { isStale } from './is-stale.ts';
import { loadPlanInput } from './load-plan-input.ts';
import { localise, type Screened } from './localise.ts';
import { writeActions } from './write-actions.ts';

/** What became of some PSA records. */
export interface Applied {
  readonly counts: Counts;
  /** PSA ids that are inside the gate, reviews included: what a sweep counts as seen. */
  readonly seen: readonly string[];
  readonly outside: readonly { readonly psaId: string; readonly reason: OutsideReason }[];
}

/**
 * The one way by which what a PSA holds reaches our records: gate, then the hash check that needs no lock, then, for
 * what differs, lock in id order, plan from what is read under the lock, write. In a dry run the plan is noted instead.
 */
export async function applyRecords(context: ApplyContext, records: readonly PsaRecord[]): Promise<Applied> {
  const { inside, outside } = screen(context, records);
  const settled = await findUnchanged(context, inside);
  const differing = inside.filter((item) => !settled.has(item.psaId));
  const items = await localise(context, differing);
  let counts = countActions([], { outside: outside.length, rejected: 0 });
  counts = addCounts(counts, {
    ...countActions([], { outside: 0, rejected: 0 }),
    read: settled.size,
    unchanged: settled.size,
  });
  if (items.length > 0) {
    const input = await loadPlanInput(context, items);
    await refuseHoldersInDoubt(context, input);
    const actions = planPage(input);
    if (isDryRun(context)) await notePlan(context, actions, input.records);
    else await writeActions(context, actions, input.records, input.links);
    counts = addCounts(counts, countActions(actions, { outside: 0, rejected: 0 }));
    const overtaken = items.length - input.items.length;
    counts = addCounts(counts, { ...NO_COUNTS, read: overtaken, unchanged: overtaken });
  }
  return { counts, outside, seen: inside.map((item) => item.psaId) };
}

/** Who passes the gate, with the values that it lets through; ascending by PSA id. */
export function screen(context: ApplyContext, records: readonly PsaRecord[]) {
  const inside: Screened[] = [];
  const outside: { psaId: string; reason: OutsideReason }[] = [];
  const settings = settingsDigest(context.settings);
  // A PSA that repeats a record within a page means the last of them.
  const latest = new Map(records.map((record) => [record.psaId, record]));
  for (const record of [...latest.values()].sort((a, b) => comparePsaIds(a.psaId, b.psaId))) {
    const gate = passGate(record, context.settings, context.gate);
    const home =
      context.kind === 'organization'
        ? ({ inside: true, organizationId: null } as const)
        : organizationGate(record.fields['organization'], context.organizations);
    if (!gate.inside) outside.push({ psaId: record.psaId, reason: gate.reason });
    else if (!home.inside) outside.push({ psaId: record.psaId, reason: home.reason });
    else {
      const { kind, mappingVersion } = context;
      const hash = recordHash({ kind, mappingVersion, settings, fields: gate.fields });
      inside.push({ psaId: record.psaId, fields: gate.fields, hash, organizationId: home.organizationId });
    }
  }
  return { inside, outside };
}

/**
 * Which of these need no look: hash and drift mark say that nothing moved, or this read is older than the base, or our
 * own write is under way. The look-ups are made one by one on purpose: joined as a set, a planner that has no
 * statistics yet reads the whole table once a page.
 */
async function findUnchanged(context: ApplyContext, items: readonly Screened[]): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const { tx, integrationId, kind, readSeq } = context;
  const rows = await tx.db.execute<{ psa_id: string; hash: string; idle: boolean; stale: boolean }>(sql`
    select u.psa_id, l.hash, l.state = 'live' and not l.drifted as idle,
      ${isStale(readSeq)} as stale
    from unnest(${textArray(items.map((item) => item.psaId))}) u(psa_id)
    cross join lateral (
      select hash, state, drifted, base_seq, writing_until from links
      where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and kind = ${kind} and psa_id = u.psa_id
      offset 0) l`);
  const hashes = new Map(items.map((item) => [item.psaId, item.hash]));
  return new Set(
    rows.filter((row) => row.stale || (row.idle && hashes.get(row.psa_id) === row.hash)).map((row) => row.psa_id),
  );
}
