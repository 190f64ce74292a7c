import { type ApplyContext } from '../../db/apply/context.ts';
import { contextOutsideRun, liveOrganization } from '../../db/apply/outside-run.ts';
import type { TenantTx } from '../../db/database.ts';
import type { ClaimedPush } from '../../db/push/claim-push.ts';
import type { PushKey } from '../../db/push/push-key.ts';
import { drawReadSeq } from '../../db/pull/range.ts';
import type { PsaWriter } from '../../psa/contract.ts';
import { PsaError } from '../../psa/errors.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { Beat } from '../in-activity.ts';
import type { PsaAccess } from '../psa-connections.ts';

/** A record on its way to a PSA, as the workflow names it. */
export interface PushOnceInput extends PushKey {
  readonly tenantId: string;
  readonly names: { readonly tenantKey: string; readonly integrationKey: string; readonly provider: string };
  /** The first attempt of a workflow: if the push had stopped before, somebody has reset it in the orchestrator's UI. */
  readonly fresh?: boolean;
}

/** What the steps of one attempt share. */
export interface PushSession {
  readonly deps: ActivityDependencies;
  readonly input: PushOnceInput;
  readonly beat: Beat;
  readonly claimed: ClaimedPush;
  readonly access: PsaAccess;
  readonly writer: PsaWriter;
  /** The integration's choices for what is made in the PSA, with the provider's own where nothing was chosen. */
  readonly settings: Readonly<Record<string, string>>;
  /** A transaction whose writes are a sync's: they are no drift. */
  inSync<T>(work: (tx: TenantTx) => Promise<T>): Promise<T>;
}

export async function openSession(
  deps: ActivityDependencies,
  input: PushOnceInput,
  beat: Beat,
  claimed: ClaimedPush,
): Promise<PushSession> {
  const { tenantId } = input;
  const { integration } = claimed;
  const access = await deps.connections.accessTo(tenantId, integration, 'push');
  const { writer } = access.psa;
  if (!writer) {
    throw new PsaError('refused', `${access.adapter.title} takes no writes`, { retry: 'never', scope: 'integration' });
  }
  const chosen = access.adapter.capabilities.pushSettings.map(({ name, default: usual }) => [
    name,
    integration.settings.push[name] ?? usual,
  ]);
  const settings = Object.fromEntries(chosen.filter(([, value]) => value !== null)) as Record<string, string>;
  return {
    ...{ deps, input, beat, claimed, access, writer, settings },
    inSync: (work) => deps.database.withTenant(tenantId, work, 'sync'),
  };
}

/** What apply works under for one PSA record; without a number of its own, the next one is drawn: for an answer. */
export async function applyContext(
  tx: TenantTx,
  { claimed, access, input }: PushSession,
  organizationPsaId: unknown,
  readSeq?: string,
): Promise<ApplyContext> {
  const { integration } = claimed;
  const { adapter } = access;
  const organizations =
    typeof organizationPsaId === 'string'
      ? await liveOrganization(tx, integration.id, organizationPsaId)
      : new Map<string, string>();
  return contextOutsideRun(tx, {
    integration,
    provider: { ...adapter.capabilities, mappingVersion: adapter.mappingVersion },
    kind: input.kind,
    readSeq: readSeq ?? (await drawReadSeq(tx)),
    organizations,
  });
}
