import { integrationState } from '../client/operate/integration-state.ts';
import { SYNC_SETTINGS } from '../client/operate/sync-settings.ts';
import type { Integration } from '../db/integrations/read-integration.ts';
import type { LinkCount } from '../db/links/count-links.ts';
import type { RunView } from '../db/runs/read-run.ts';
import { adapterFor } from '../psa/registry.ts';
import { settingInWords } from './integration-settings.ts';
import type { Cell, Column } from './output.ts';
import { jobInWords, stateInWords } from './show-run.ts';

/** An integration without its sealed secrets: all of it that may leave the database. */
export type PublicIntegration = Omit<Integration, 'credentials' | 'tenantId' | 'fence'>;

export function publicIntegration(integration: Integration): PublicIntegration {
  const { credentials: _sealed, tenantId: _tenant, fence: _fence, ...shown } = integration;
  return shown;
}

const STATE_WORDS = {
  ready: 'ready',
  paused: 'paused',
  needs_credentials: 'needs credentials',
  waits: 'waits, as the PSA asked',
} as const;

const stateOf = (integration: PublicIntegration): string => STATE_WORDS[integrationState(integration, new Date())];

export interface ListedIntegration extends PublicIntegration {
  readonly lastRun: RunView | null;
}

export const INTEGRATION_COLUMNS: readonly Column<ListedIntegration>[] = [
  { title: 'key', value: ({ key }) => key },
  { title: 'provider', value: ({ provider }) => provider },
  { title: 'address', value: ({ connection }) => connection['address'] },
  { title: 'state', value: stateOf },
  { title: 'last run', value: ({ lastRun }) => lastRun && jobInWords(lastRun) },
  { title: 'ended', value: ({ lastRun }) => lastRun && stateInWords(lastRun) },
  { title: 'when', value: ({ lastRun }) => lastRun?.startedAt },
];

/** What was entered to connect and may be seen, as its PSA calls it. */
export function connectionFacts({ provider, connection }: PublicIntegration): (readonly [string, Cell])[] {
  const seen = adapterFor(provider).connection.filter(({ secret }) => !secret);
  return seen.map(({ name, label }) => [label, connection[name]]);
}

/** What `view` shows: connection, settings, ticks, and how much is linked. */
export function integrationFacts(
  integration: ListedIntegration,
  links: readonly LinkCount[],
  ticks: Readonly<Record<string, string>>,
  warnings: readonly string[],
): (readonly [label: string, value: Cell])[] {
  const { key, provider, settings, pausedAt, blockedUntil, lastRun } = integration;
  return [
    ['integration', key],
    ['provider', provider],
    ...connectionFacts(integration),
    ['state', stateOf(integration)],
    ...(pausedAt === null ? [] : [['paused since', new Date(pausedAt)] as const]),
    ...(blockedUntil === null ? [] : [['asked to wait until', new Date(blockedUntil)] as const]),
    ...SYNC_SETTINGS.map((setting) => [setting.title, settingInWords(setting, settings)] as const),
    ...warnings.map((warning) => ['warning', warning] as const),
    ...Object.entries(ticks),
    ...links.map(({ kind, state, count }) => [`${kind} links, ${state}`, count] as const),
    ['last run', lastRun && `${lastRun.id}: ${jobInWords(lastRun)}, ${stateInWords(lastRun)}`],
  ];
}
