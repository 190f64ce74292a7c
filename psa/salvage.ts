import type { RejectedRow } from './contract.ts';
import { isUnreadable } from './errors.ts';
import type { RecordReader, RowsRead } from './record-reader.ts';

/** More than this is no bad record but a bad server, and the page fails after all. */
const MAX_UNREADABLE = 20;

/** How to get at a page that can't be read in one piece. */
export interface Salvage {
  readonly reader: RecordReader;
  /** The rows of the page with their ids alone. */
  ids(): Promise<{ readonly rows: readonly unknown[]; readonly next: string | null }>;
  /** Parts that may be asked for at once. */
  parts(ids: readonly string[]): readonly (readonly string[])[];
  /** Whole rows by id. */
  rows(ids: readonly string[]): Promise<readonly unknown[]>;
}

/**
 * Reads a page that a PSA can't give in one piece: its ids first, then the records by id in smaller and smaller parts, until
 * what can't be read stands alone and is rejected.
 */
export async function salvage(page: Salvage): Promise<RowsRead & { readonly next: string | null }> {
  const { reader } = page;
  const { rows, next } = await page.ids();
  const ids = rows.map((row) => reader.idOf(row)).filter((id) => id !== null);
  const records: RowsRead['records'][number][] = [];
  const rejects: RejectedRow[] = [...reader.read(rows.filter((row) => reader.idOf(row) === null)).rejects];
  let unreadable = 0;

  async function readPart(part: readonly string[]): Promise<void> {
    try {
      const read = reader.read(await page.rows(part));
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

  for (const part of page.parts(ids)) await readPart(part);
  return { records, rejects, next };
}
