import { cleanText } from '../../domain/clean-text.ts';
import type { LookupRow } from '../contract.ts';
import type { TigerpawClient } from './client.ts';
import { RIGHTS } from './rights.ts';
import { masterRows } from './schemas.ts';

const TABLES = [
  { list: 'organization_type', path: 'mastertables/accounts/types', what: 'list account types' },
  { list: 'organization_status', path: 'mastertables/accounts/statuses', what: 'list account statuses' },
] as const;

/** Account types and statuses, by their names, as accounts hold them. */
export async function lookups(client: TigerpawClient, signal?: AbortSignal): Promise<readonly LookupRow[]> {
  const rows: LookupRow[] = [];
  for (const { list, path, what } of TABLES) {
    const asking = { path, what, scope: 'integration', right: RIGHTS.tables, signal } as const;
    const values = (await client.ask(asking, masterRows)).map(({ Value }) => cleanText(Value ?? '')?.trim());
    for (const name of new Set(values)) if (name !== undefined) rows.push({ list, psaId: name, name, inactive: false });
  }
  return rows;
}
