import { type PsaAccess, PsaConnections } from '../activities/psa-connections.ts';
import type { CliContext } from './context.ts';
import { keyRing, type TenantServices } from './services.ts';

/** Asks an integration's PSA the way the worker does: within its request budget, and never against a stop sign. */
export async function withPsaAccess<T>(
  { settings }: Pick<CliContext, 'settings'>,
  { database, tenantId }: TenantServices,
  integrationId: string,
  work: (access: PsaAccess) => Promise<T>,
): Promise<T> {
  const { allowPrivateAddresses, psaTimeoutSeconds } = settings;
  const connections = new PsaConnections({
    database,
    keys: keyRing(settings),
    allowPrivateAddresses,
    psaTimeoutMs: psaTimeoutSeconds * 1000,
    userAgent: 'psa-sync',
  });
  try {
    return await work(await connections.access(tenantId, integrationId));
  } finally {
    await connections.close();
  }
}
