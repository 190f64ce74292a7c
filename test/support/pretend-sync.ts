import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { LookupCache } from '../../db/apply/lookup-cache.ts';
import type { Database, TenantTx } from '../../db/database.ts';
import { commitPage } from '../../db/pull/commit-page.ts';
import type { PageReject } from '../../db/pull/page-reject.ts';
import { drawReadSeq, organizationsInside, readRange } from '../../db/pull/range.ts';
import { REFERRING_KINDS, resolveReferences } from '../../db/pull/resolve-references.ts';
import { finishRun } from '../../db/runs/finish-run.ts';
import { openRun } from '../../db/runs/open-run.ts';
import type { RunState } from '../../db/schema/runs.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import type { PsaLookup, PsaValues } from '../../domain/values.ts';
import { demoAdapter } from '../../psa/registry.ts';
import { TEST_LISTS, type TestIntegration } from './tenant.ts';

/** A PSA record of the made-up lists, inside the gate. */
export function psaRecord(kind: Kind, psaId: string, fields: PsaValues): PsaRecord {
  const [type, , status] = TEST_LISTS;
  const gated = kind === 'organization' || kind === 'configuration';
  const marks = gated ? { type: lookup(type), status: lookup(status) } : {};
  return { kind, psaId, types: [lookup(type)], status: lookup(status), fields: { ...marks, ...fields }, gone: false };
}

const lookup = ({ psaId, name }: PsaLookup): PsaLookup => ({ psaId, name });

export interface PretendedSync {
  /** What the PSA answers, by kind; kinds that are left out are not read. */
  readonly records: Readonly<Partial<Record<Kind, readonly PsaRecord[]>>>;
  readonly rejects?: Readonly<Partial<Record<Kind, readonly PageReject[]>>>;
  /** How many records the PSA gives at a time; default: all. */
  readonly pageSize?: number;
  readonly dryRun?: boolean;
  /** In which order the kinds are read, where it matters. */
  readonly order?: readonly Kind[];
  /** Drawn earlier, for a page that was asked for before something else happened. */
  readonly readSeq?: string;
  /** How it ends; a sync that fails has done its pages all the same. */
  readonly outcome?: 'completed' | 'failed';
}

/** One run by the steps of a sync, without a PSA or an orchestrator. It sweeps nothing. */
export async function pretendSync(
  database: Database,
  { tenantId, integrationId }: TestIntegration,
  {
    records,
    rejects = {},
    pageSize = Infinity,
    dryRun = false,
    order = KINDS,
    readSeq,
    outcome = 'completed',
  }: PretendedSync,
): Promise<{ readonly runId: string; readonly state: RunState | null }> {
  const inTenant = <T>(work: (tx: TenantTx) => Promise<T>) => database.withTenant(tenantId, work, 'sync');
  const { mappingVersion, capabilities } = demoAdapter;
  const kinds = order.filter((kind) => records[kind] ?? rejects[kind]);
  const { runId, fence } = await inTenant((tx) =>
    openRun(tx, {
      integrationId,
      job: 'full',
      dryRun,
      trigger: 'operator',
      mappingVersion,
      kinds,
      workflowId: 'sync-pretended',
      workflowRunId: randomBytes(6).toString('hex'),
    }),
  );
  for (const kind of kinds) {
    const range = await database.withTenant(tenantId, (tx) => readRange(tx, runId, kind));
    const all = records[kind] ?? [];
    for (let from = 0; from === 0 || from < all.length; from += pageSize) {
      const isLast = from + pageSize >= all.length;
      const page = {
        ...{ fence, cursorBefore: from === 0 ? null : String(from) },
        cursorAfter: isLast ? null : String(from + pageSize),
        records: all.slice(from, from + pageSize),
        rejects: isLast ? (rejects[kind] ?? []) : [],
      };
      await inTenant(async (tx) =>
        commitPage(
          {
            ...{ tx, integrationId, kind, mappingVersion, settings: range.settings, run: range.run },
            gate: capabilities.gate[kind],
            matchRule: capabilities.matching[kind],
            readSeq: readSeq ?? (await drawReadSeq(tx)),
            organizations: await organizationsInside(tx, integrationId, range.run),
            lookups: new LookupCache(),
          },
          page,
        ),
      );
    }
  }
  for (const referring of outcome === 'completed' && !dryRun ? REFERRING_KINDS : [])
    await inTenant((tx) => resolveReferences(tx, { integrationId, runId, fence }, referring));
  return { runId, state: await inTenant((tx) => finishRun(tx, { integrationId, runId, fence, outcome })) };
}

/** Rows of the tenant, for looking at what nothing shows. */
export async function rowsOfTenant<T extends Record<string, unknown>>(
  database: Database,
  { tenantId }: TestIntegration,
  query: ReturnType<typeof sql>,
): Promise<T[]> {
  return database.withTenant(tenantId, async (tx) => [...(await tx.db.execute<T>(query))] as T[]);
}

/** Our id of a PSA record. */
export async function recordOf(database: Database, home: TestIntegration, kind: Kind, psaId: string): Promise<string> {
  const [row] = await rowsOfTenant<{ record_id: string }>(
    database,
    home,
    sql`select record_id from links where kind = ${kind} and psa_id = ${psaId} and integration_id = ${home.integrationId}`,
  );
  if (!row) throw new Error(`${kind} ${psaId} is not linked`);
  return row.record_id;
}
