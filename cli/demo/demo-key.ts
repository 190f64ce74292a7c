import { readFile, writeFile } from 'node:fs/promises';
import { authenticator } from '../../client/http/key-holders.ts';
import { createApiKey } from '../../db/api-keys/create-key.ts';
import type { Database } from '../../db/database.ts';

/** The demo's API key, in a file of the data folder so that it stays the same over starts; made anew when it opens nothing. */
export async function demoApiKey(database: Database, tenantId: string, file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
  if (kept !== '' && (await authenticator(database)(kept))?.tenantId === tenantId) return kept;
  const { key } = await database.withTenant(
    tenantId,
    (tx) => createApiKey(tx, { name: 'demo', scope: 'write', origin: 'edit' }),
    'local',
    'npm start',
  );
  await writeFile(file, `${key}\n`, { mode: 0o600 });
  return key;
}
