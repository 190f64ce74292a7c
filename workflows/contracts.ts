import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { Kind } from '../domain/kinds.ts';

/** Queue of pulls, and of all workflows but pushes. */
export const SYNC_QUEUE = 'psa-sync';

/** Queue of pushes, workflows and steps: a pull that takes all of a worker's slots never holds one up. */
export const PUSH_QUEUE = 'psa-sync-push';

/** Names of workflows as the UI shows them. */
export const WORKFLOWS = {
  full: 'fullSync',
  contact: 'contactSync',
  scheduled: 'scheduledSync',
  approveOrphans: 'approveOrphans',
  syncRecord: 'syncRecord',
  push: 'pushRecord',
  pushAll: 'pushAll',
  housekeeping: 'housekeeping',
} as const;

export type SyncJob = 'full' | 'contact';

/** Search attributes; keywords, closed lists where they are states, never personal data. */
export const ATTRIBUTES = {
  tenant: defineSearchAttributeKey('PsaSyncTenant', SearchAttributeType.KEYWORD),
  integration: defineSearchAttributeKey('PsaSyncIntegration', SearchAttributeType.KEYWORD),
  provider: defineSearchAttributeKey('PsaSyncProvider', SearchAttributeType.KEYWORD),
  kind: defineSearchAttributeKey('PsaSyncKind', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('PsaSyncState', SearchAttributeType.KEYWORD),
  reason: defineSearchAttributeKey('PsaSyncReason', SearchAttributeType.KEYWORD),
} as const;

/** What people read in ids and summaries; never used to find anything. */
export interface IntegrationNames {
  readonly tenantKey: string;
  readonly integrationKey: string;
  readonly provider: string;
}

export interface SyncInput {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly names: IntegrationNames;
  readonly trigger: string;
  readonly dryRun: boolean;
}

export interface ScheduledSyncInput extends SyncInput {
  readonly job: SyncJob;
}

export interface ApproveOrphansInput {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly proposalId: string;
}

/** One id for full and contact syncs, so that only one of them runs at a time. Letters, digits and hyphens only. */
export function syncWorkflowId(integration: { readonly id: string; readonly key: string }): string {
  return `sync-${integration.key}-${integration.id}`;
}

export function scheduleId(integration: { readonly id: string; readonly key: string }, job: SyncJob): string {
  return `${job}-sync-${integration.key}-${integration.id}`;
}

export interface SyncRecordInput {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly recordId: string;
  readonly names: IntegrationNames;
}

export function syncRecordId({ integrationId, recordId, names }: SyncRecordInput): string {
  return `sync-record-${names.integrationKey}-${integrationId}-${recordId}`;
}

export function approveOrphansId(proposalId: string): string {
  return `approve-orphans-${proposalId}`;
}

/** One record on its way to one PSA. */
interface PushRef {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly kind: Kind;
  readonly recordId: string;
}

export interface PushInput extends PushRef {
  readonly names: IntegrationNames;
}

export function pushWorkflowId({ integrationId, kind, recordId, names }: PushInput): string {
  return `push-${names.integrationKey}-${integrationId}-${kind}-${recordId}`;
}

/** Everything that a person said yes to push, of one plan. */
export interface PushAllInput {
  readonly tenantId: string;
  readonly planId: string;
  readonly names: IntegrationNames;
}

export function pushAllWorkflowId({ planId, names }: PushAllInput): string {
  return `push-all-${names.integrationKey}-${planId}`;
}

/** Signals of a push; they carry nothing, what there is to push stands in Postgres. */
export const PUSH_SIGNALS = { changed: 'changed', retry: 'retry' } as const;

export const HOUSEKEEPING_ID = 'housekeeping';
