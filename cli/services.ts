import type { Client } from '@temporalio/client';
import { connectTemporal } from '../client/temporal/connect.ts';
import { type Database, openDatabase, type TenantTx } from '../db/database.ts';
import { type Integration, listIntegrations } from '../db/integrations/read-integration.ts';
import type { KeyRing } from '../db/seal.ts';
import { findTenantId } from '../db/tenants.ts';
import type { Settings } from '../settings/settings.ts';
import { temporalConnection } from '../settings/temporal-connection.ts';
import { CliError } from './cli-error.ts';
import type { CliContext } from './context.ts';
import { operatorName } from './operator-name.ts';

/** The database, and Temporal once it is asked for; closed when the command ends. */
export interface Services {
  readonly database: Database;
  temporal(): Promise<Client>;
}

/** The same, for one tenant. */
export interface TenantServices extends Services {
  readonly tenantId: string;
  readonly tenantKey: string;
  /** A transaction of the tenant. */
  query<T>(work: (tx: TenantTx) => Promise<T>): Promise<T>;
  /** The integration of that key; the only one when no key is given. */
  integration(key: string | undefined): Promise<Integration>;
}

/** Connections of one command: few. */
const POOL_SIZE = 2;

export async function withServices<T>(
  { settings }: Pick<CliContext, 'settings'>,
  work: (services: Services) => Promise<T>,
): Promise<T> {
  const database = openDatabase({ url: databaseUrl(settings), poolSize: POOL_SIZE, applicationName: 'psa-sync' });
  let client: Promise<Client> | undefined;
  const temporal = () => (client ??= openTemporal(settings));
  try {
    return await work({ database, temporal });
  } finally {
    await database.close();
    await client?.then((opened) => opened.connection.close()).catch(() => undefined);
  }
}

export async function withTenantServices<T>(
  context: CliContext,
  work: (services: TenantServices) => Promise<T>,
): Promise<T> {
  return withServices(context, async (services) => {
    const tenantKey = context.tenant;
    const tenantId = await findTenantId(services.database, tenantKey);
    if (tenantId === null) {
      throw new CliError(
        'usage',
        `There is no tenant "${tenantKey}".`,
        '`psa-sync tenant list` shows all, `psa-sync tenant create` makes one.',
      );
    }
    const query = <R>(read: (tx: TenantTx) => Promise<R>) =>
      services.database.withTenant(tenantId, read, 'local', operatorName());
    const integration = async (key: string | undefined) => pick(await query(listIntegrations), key);
    return work({ ...services, tenantId, tenantKey, query, integration });
  });
}

export function openTemporal(settings: Settings): Promise<Client> {
  const { address, ...connection } = temporalConnection(settings);
  return connectTemporal({ address, namespace: settings.temporalNamespace, connection });
}

export function databaseUrl(settings: Settings): string {
  if (settings.databaseUrl !== undefined) return settings.databaseUrl;
  throw new CliError(
    'usage',
    'DATABASE_URL is not set, and no demo is running here.',
    'Set it, or run `npm start` in another terminal.',
  );
}

/** The keys that seal credentials. */
export function keyRing(settings: Settings): KeyRing {
  const [first, ...others] = settings.masterKeys ?? [];
  if (first) return [first, ...others];
  throw new CliError(
    'usage',
    'There is no master key to seal credentials with.',
    'Set PSA_SYNC_MASTER_KEYS or PSA_SYNC_MASTER_KEYS_FILE; the demo has one while it runs (`npm start`).',
  );
}

function pick(integrations: readonly Integration[], key: string | undefined): Integration {
  const keys = integrations.map((integration) => integration.key).join(', ');
  if (key !== undefined) {
    const found = integrations.find((integration) => integration.key === key);
    if (found) return found;
    throw new CliError(
      'usage',
      `There is no integration "${key}".`,
      keys === '' ? 'There is none yet: `psa-sync integration create`.' : `There are: ${keys}.`,
    );
  }
  const [only, second] = integrations;
  if (only && !second) return only;
  if (!only) throw new CliError('usage', 'No PSA is connected yet.', 'Connect one with `psa-sync integration create`.');
  throw new CliError('usage', `Which integration? There are: ${keys}.`, 'Name one of them; --help says where.');
}
