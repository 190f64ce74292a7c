import { ApplicationFailure } from '@temporalio/common';
import { applyRecords } from '../db/apply/apply-records.ts';
import { contextOutsideRun, liveOrganization } from '../db/apply/outside-run.ts';
import type { TenantTx } from '../db/database.ts';
import type { Integration } from '../db/integrations/read-integration.ts';
import { linksOfRecord, type RecordLink } from '../db/links/record-links.ts';
import { drawReadSeq } from '../db/pull/range.ts';
import { orphanRecord } from '../db/sweep/orphan-record.ts';
import type { LinkState } from '../domain/plan-types.ts';
import type { PsaRecord } from '../domain/psa-record.ts';
import type { PsaAdapter } from '../psa/contract.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Beat } from './in-activity.ts';

export interface SyncRecordInput {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly recordId: string;
}

/** `orphaned`: the PSA has it no more, or it is outside the gate now. */
export interface SyncRecordResult {
  readonly state: 'updated' | 'unchanged' | 'orphaned';
}

/** What a sync writes to; an orphan is looked at as well, since it may be back. */
const SYNCABLE: readonly LinkState[] = ['live', 'error', 'orphaned'];

/** Brings one record up to date: asks the PSA for it by id, and takes what it answers as a full sync would. */
export async function syncRecord(
  deps: ActivityDependencies,
  input: SyncRecordInput,
  beat: Beat,
): Promise<SyncRecordResult> {
  const { tenantId, integrationId } = input;
  const { psa, adapter, integration } = await deps.connections.access(tenantId, integrationId);
  const { link, readSeq } = await deps.database.withTenant(tenantId, async (tx) => ({
    link: await syncableLink(tx, input),
    readSeq: await drawReadSeq(tx),
  }));
  const { kind, psaId, base } = link;
  const organizationPsaId = typeof base?.['organization'] === 'string' ? base['organization'] : null;
  const answer = await psa.byIds({ kind, ids: [{ psaId, organizationPsaId }], signal: beat.signal });
  const [record] = answer.records;
  if (!record && answer.missing.length === 0) {
    const [reject] = answer.rejects;
    throw ApplicationFailure.nonRetryable(
      reject ? `the PSA's record cannot be read: ${reject.reason}` : 'the PSA does not let us look at this record',
      'unreadable',
    );
  }
  return deps.database.withTenant(
    tenantId,
    (tx) => take(tx, { integration, adapter, link, readSeq, record: record ?? null }),
    'sync',
  );
}

async function syncableLink(tx: TenantTx, { recordId, integrationId }: SyncRecordInput): Promise<RecordLink> {
  const links = (await linksOfRecord(tx, recordId)).filter((link) => link.integrationId === integrationId);
  const found = SYNCABLE.flatMap((state) => links.filter((link) => link.state === state))[0];
  if (found) return found;
  const states = links.map(({ state }) => state).join(', ');
  throw ApplicationFailure.nonRetryable(
    states === ''
      ? `record ${recordId} has no link to this PSA`
      : `the link of record ${recordId} is ${states}: enable or reconnect it first`,
    'not_linked',
  );
}

interface Taken {
  readonly integration: Integration;
  readonly adapter: PsaAdapter;
  readonly link: RecordLink;
  readonly readSeq: string;
  /** Null: the PSA says that it has none. */
  readonly record: PsaRecord | null;
}

async function take(tx: TenantTx, { integration, adapter, link, readSeq, record }: Taken): Promise<SyncRecordResult> {
  const { kind, psaId } = link;
  const integrationId = integration.id;
  if (record) {
    const organization = record.fields['organization'];
    const context = await contextOutsideRun(tx, {
      integration,
      provider: { ...adapter.capabilities, mappingVersion: adapter.mappingVersion },
      kind,
      readSeq,
      organizations:
        typeof organization === 'string' ? await liveOrganization(tx, integrationId, organization) : new Map(),
    });
    const { counts, outside } = await applyRecords(context, [record]);
    if (outside.length === 0) return { state: counts.unchanged > 0 ? 'unchanged' : 'updated' };
  }
  if (link.state === 'orphaned') return { state: 'orphaned' };
  const isOrphaned = await orphanRecord(tx, { integrationId, kind, psaId, readSeq });
  return { state: isOrphaned ? 'orphaned' : 'unchanged' };
}
