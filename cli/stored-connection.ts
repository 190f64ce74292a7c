import type { Integration } from '../db/integrations/read-integration.ts';
import { markCredentials } from '../db/integrations/stop-signs.ts';
import { type KeyRing, open } from '../db/seal.ts';
import type { PsaCheck, PsaConnection } from '../psa/contract.ts';
import { PsaError } from '../psa/errors.ts';
import { adapterFor } from '../psa/registry.ts';
import type { Settings } from '../settings/settings.ts';
import type { Connection } from './connection-fields.ts';
import { withPsa } from './open-psa.ts';
import { keyRing, type TenantServices } from './services.ts';

/** What was entered to connect, secrets included. */
export function openConnection(keys: KeyRing, { id, tenantId, connection, credentials }: Integration): Connection {
  const secrets = JSON.parse(open(keys, { tenantId, integrationId: id }, credentials)) as Connection;
  return { ...connection, ...secrets };
}

/** Tries the stored connection, and notes whether the PSA takes its credentials: that sets or clears everybody's stop sign. */
export async function checkStored(
  settings: Settings,
  { query }: Pick<TenantServices, 'query'>,
  integration: Integration,
  signal: AbortSignal,
): Promise<PsaCheck> {
  const connection = openConnection(keyRing(settings), integration);
  const note = (needed: boolean) => query((tx) => markCredentials(tx, integration.id, needed));
  try {
    const adapter = adapterFor(integration.provider);
    const check = (psa: PsaConnection) => checkAll(psa, integration.settings.twoWay, signal);
    const checked = await withPsa(settings, adapter, connection, check, integration.settings.pull);
    await note(false);
    return checked;
  } catch (error) {
    if (error instanceof PsaError && error.code === 'unauthorized') await note(true);
    throw error;
  }
}

/** Every permission that a sync needs, and with two-way sync those to write as well. */
async function checkAll(psa: PsaConnection, twoWay: boolean, signal: AbortSignal): Promise<PsaCheck> {
  const checked = await psa.check(signal);
  const toWrite = (twoWay && (await psa.writer?.missingRights?.(signal))) || [];
  return { ...checked, problems: [...checked.problems, ...toWrite] };
}
