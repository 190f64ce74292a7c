import { randomBytes } from 'node:crypto';
import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../settings/environment.ts';
import { STACK_ENV_FILE } from '../../settings/environment.ts';
import { loadSettings } from '../../settings/load-settings.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Stack } from '../dev/stack.ts';

/** The demo's tenant; in a real deployment every MSP has its own. */
export const DEMO_TENANT = 'demo';

/**
 * The settings of a running demo: its servers, its key, its tenant. Written to a file as well, so that `psa-sync` in a
 * second terminal finds the demo without being told anything.
 */
export async function writeDemoSettings(
  environment: Environment,
  dataDir: string,
  databaseUrl: string,
  stack: Stack,
  apiPort: number,
): Promise<Settings> {
  const keysFile = join(dataDir, 'master-keys');
  await ensureKey(keysFile);
  const demo: Record<string, string> = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: stack.temporal.address,
    TEMPORAL_NAMESPACE: stack.temporal.namespace,
    ...(stack.temporal.uiUrl === undefined ? {} : { PSA_SYNC_TEMPORAL_UI_URL: stack.temporal.uiUrl }),
    PSA_SYNC_MASTER_KEYS_FILE: keysFile,
    PSA_SYNC_ALLOW_PRIVATE_ADDRESSES: 'true',
    PSA_SYNC_TENANT: DEMO_TENANT,
    PSA_SYNC_API_PORT: String(apiPort),
  };
  const lines = Object.entries(demo).map(([name, value]) => `${name}=${value}`);
  await writeFile(join(dataDir, STACK_ENV_FILE), `${lines.join('\n')}\n`, { mode: 0o600 });
  return loadSettings({ ...demo, ...environment });
}

export async function removeDemoSettings(dataDir: string): Promise<void> {
  await rm(join(dataDir, STACK_ENV_FILE), { force: true });
}

/** The key that seals the demo's credentials: made once, so that a second start can still open them. */
async function ensureKey(file: string): Promise<void> {
  try {
    await access(file);
  } catch {
    await writeFile(file, `demo:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  }
}
