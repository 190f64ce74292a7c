import type { TenantTx } from '../db/database.ts';
import { createIntegration } from '../db/integrations/create-integration.ts';
import { saveLookups } from '../db/lookups/save-lookups.ts';
import type { IntegrationSettings } from '../db/schema/integrations.ts';
import type { LookupRow, PsaAdapter, PsaCheck } from '../psa/contract.ts';
import type { Settings } from '../settings/settings.ts';
import { CliError } from './cli-error.ts';
import { type Connection, splitConnection } from './connection-fields.ts';
import { withPsa } from './open-psa.ts';
import { keyRing } from './services.ts';

export interface TriedConnection {
  /** The PSA's version as it says it. */
  readonly version: string | null;
  /** Its types and statuses. */
  readonly lookups: readonly LookupRow[];
}

/** Tries a connection with every permission that a sync needs; a refusal names each that is missing, and its fix. */
export async function tryConnection(
  settings: Settings,
  adapter: PsaAdapter,
  connection: Connection,
  signal: AbortSignal,
): Promise<TriedConnection> {
  return withPsa(settings, adapter, connection, async (psa) => {
    const { version, problems } = await psa.check(signal);
    if (problems.length > 0) throw missingPermissions(adapter, problems);
    return { version, lookups: await psa.lookups(signal) };
  });
}

function missingPermissions({ title }: PsaAdapter, problems: PsaCheck['problems']): CliError {
  const lines = problems.map(({ what, fix }) => `  ${what}.\n    ${fix}.`);
  return new CliError(
    'credentials',
    `${title} lets us in, but not everywhere a sync has to look:\n${lines.join('\n')}`,
    'Nothing was stored. Grant what is missing, then run the same command again.',
  );
}

export interface NewConnection {
  readonly key: string;
  readonly adapter: PsaAdapter;
  readonly connection: Connection;
  readonly lookups: readonly LookupRow[];
  /** Differing from what every new integration begins with: everything off, the PSA's own request limits. */
  readonly settings?: Partial<IntegrationSettings>;
}

/** Stores an integration that was tried, with its types and statuses un-ticked; answers its id. */
export async function storeIntegration(tx: TenantTx, settings: Settings, input: NewConnection): Promise<string> {
  const { key, adapter, lookups } = input;
  const id = await createIntegration(tx, keyRing(settings), {
    key,
    provider: adapter.provider,
    ...splitConnection(adapter, input.connection),
    settings: {
      contactsSync: false,
      twoWay: false,
      keepLocalWhenBlank: false,
      fullSyncEveryMinutes: null,
      contactSyncEveryMinutes: null,
      push: {},
      ...adapter.capabilities.limits,
      ...input.settings,
    },
  });
  await saveLookups(tx, id, lookups);
  return id;
}
