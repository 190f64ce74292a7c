import type { RejectedRow } from '../contract.ts';
import { rowId, type RecordReader, type RowsRead } from '../record-reader.ts';
import type { ConnectWiseClient, ListRequest } from './client.ts';
import { isUnreadable } from './errors.ts';
import { among, idChunks } from './query.ts';

/** More than this is no bad record but a bad server, and the page fails after all. */
const MAX_UNREADABLE = 20;

/**
 * Reads a page that ConnectWise can't give in one piece: its ids first, then the records by id in smaller and smaller parts,
 * until what can't be read stands alone and is rejected.
 */
export async function salvage(
  client: ConnectWiseClient,
  page: ListRequest,
  reader: RecordReader,
): Promise<RowsRead & { readonly next: string | null }> {
  const { rows, next } = await client.list({ ...page, fields: ['id'] });
  const ids = rows.map(rowId).filter((id) => id !== null);
  const records: RowsRead['records'][number][] = [];
  const rejects: RejectedRow[] = [...reader.read(rows.filter((row) => rowId(row) === null)).rejects];
  let unreadable = 0;

  async function readPart(part: readonly string[]): Promise<void> {
    try {
      const conditions = [among('id', part)];
      const answer = await client.list({ ...page, conditions, after: null });
      const read = reader.read(answer.rows);
      records.push(...read.records);
      rejects.push(...read.rejects);
    } catch (error) {
      if (!isUnreadable(error) || unreadable >= MAX_UNREADABLE) throw error;
      const [id = null] = part;
      if (part.length === 1) {
        unreadable += 1;
        rejects.push({ psaId: id, reason: error.message, raw: '' });
        return;
      }
      const middle = Math.ceil(part.length / 2);
      await readPart(part.slice(0, middle));
      await readPart(part.slice(middle));
    }
  }

  for (const part of idChunks(ids, page.fields)) await readPart(part);
  return { records, rejects, next };
}
