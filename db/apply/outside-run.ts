import { sql } from 'drizzle-orm';
import type { GateLists } from '../../domain/gate.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { MatchRule } from '../../domain/match-key.ts';
import type { TenantTx } from '../database.ts';
import type { Integration } from '../integrations/read-integration.ts';
import { freezeSettings } from '../runs/open-run.ts';
import type { ApplyContext } from './context.ts';
import { LookupCache } from './lookup-cache.ts';

/** What apply has to know of a provider's adapter. */
export interface Provider {
  readonly mappingVersion: number;
  readonly gate: Readonly<Partial<Record<Kind, GateLists>>>;
  readonly matching: Readonly<Partial<Record<Kind, MatchRule>>>;
}

export interface OutsideRun {
  readonly integration: Integration;
  readonly provider: Provider;
  readonly kind: Kind;
  readonly readSeq: string;
  readonly remembered?: boolean;
  /** Organizations inside the gate, PSA id -> our id, as far as they matter; a negative id for one that is not made yet. */
  readonly organizations: ReadonlyMap<string, string>;
  /** Nothing may be written: only the plan is wanted. */
  readonly planOnly?: boolean;
}

/** No run has it; whatever exists by now is older. */
const PLAN_ONLY = { id: '0', startedAt: 'infinity', dryRun: true } as const;

/** What apply works under when a person asks for it: the settings and ticks of this moment. */
export async function contextOutsideRun(tx: TenantTx, input: OutsideRun): Promise<ApplyContext> {
  const { integration, provider, kind, readSeq, remembered = false, organizations, planOnly = false } = input;
  return {
    tx,
    integrationId: integration.id,
    kind,
    settings: await freezeSettings(tx, integration.id, integration.settings),
    mappingVersion: provider.mappingVersion,
    gate: provider.gate[kind],
    matchRule: provider.matching[kind],
    readSeq,
    remembered,
    run: planOnly ? PLAN_ONLY : null,
    organizations,
    lookups: new LookupCache(),
  };
}

/** The organization of a PSA id, if its link is live. */
export async function liveOrganization(
  tx: TenantTx,
  integrationId: string,
  psaId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.db.execute<{ record_id: string }>(sql`
    select record_id from links where tenant_id = ${tx.tenantId} and integration_id = ${integrationId}
      and kind = 'organization' and psa_id = ${psaId} and state in ('live', 'error')`);
  return new Map(rows.map((row) => [psaId, row.record_id]));
}
