import type { RowsRead } from '../record-reader.ts';
import type { ConnectWiseClient } from './client.ts';
import { sitesOf } from './lists.ts';
import { READERS } from './mapping.ts';

/** All sites of one company: ConnectWise has no list of those of several. */
export async function sites(
  client: ConnectWiseClient,
  company: string,
  signal: AbortSignal | undefined,
): Promise<RowsRead> {
  const reader = READERS.location;
  const rows = await client.listAll({ list: sitesOf(company), fields: reader.selects, scope: 'parent', signal });
  return reader.read(rows, company);
}
