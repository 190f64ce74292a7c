import { z } from 'zod';
import type { Kind } from '../domain/kinds.ts';
import type { PsaRecord } from '../domain/psa-record.ts';
import type { PsaLookup, PsaValue } from '../domain/values.ts';
import type { MappingRow, RejectedRow } from './contract.ts';
import { cleanText } from '../domain/clean-text.ts';
import { createColumn, selectedBy, shapeOf, type Row } from './column.ts';
import type { Transform } from './transform.ts';

export interface RecordReaderOptions {
  readonly kind: Kind;
  readonly rows: readonly MappingRow[];
  readonly transforms: Readonly<Record<string, Transform>>;
  /** Whether the kind passes a gate by type and status; its fields `type` and `status` then say so. */
  readonly gated: boolean;
  /** A flag of the PSA that marks rows as deleted though listed. */
  readonly goneFlag?: string;
}

export interface RowsRead {
  readonly records: readonly PsaRecord[];
  readonly rejects: readonly RejectedRow[];
}

export interface RecordReader {
  /** The PSA's fields that the mapping needs, `/` between levels, and no other. */
  readonly selects: readonly string[];
  /** @param organization PSA id of the parent that the rows were listed under, where that says whose they are. */
  read(rows: readonly unknown[], organization?: string): RowsRead;
}

const MAX_RAW_CHARACTERS = 4_000; // enough to see what is wrong with a row, bounded for the table of rejects
const MAX_REASONS = 3;

/**
 * Turns a PSA's rows into records by a mapping table. A row is checked for what the mapping needs and for nothing else; one
 * that fails is rejected with the names of the fields, and the others go on.
 */
export function createRecordReader({ kind, rows, transforms, gated, goneFlag }: RecordReaderOptions): RecordReader {
  const columns = rows.map((row) => createColumn(row, transforms));
  const typeColumn = gated ? columns.find(({ field }) => field === 'type') : undefined;
  const schema = z.object({
    ...shapeOf(columns),
    id: z.int().positive(),
    ...(goneFlag !== undefined && { [goneFlag]: z.boolean().nullish() }),
  });

  function toRecord(row: Row & { readonly id: number }, organization: string | undefined): PsaRecord {
    const fields: Record<string, PsaValue> = {};
    for (const { field, at, transform } of columns) fields[field] = transform.toOurs(at(row));
    if (organization !== undefined) fields['organization'] = organization;
    return {
      kind,
      psaId: String(row.id),
      types: typeColumn?.transform.lookups(typeColumn.at(row)) ?? [],
      status: gated ? (fields['status'] as PsaLookup | null) : null,
      fields,
      gone: goneFlag !== undefined && row[goneFlag] === true,
    };
  }

  return {
    selects: ['id', ...new Set(columns.flatMap(selectedBy)), ...(goneFlag === undefined ? [] : [goneFlag])],
    read(rows, organization) {
      const records: PsaRecord[] = [];
      const rejects: RejectedRow[] = [];
      for (const row of rows) {
        const parsed = schema.safeParse(row);
        if (parsed.success) records.push(toRecord(parsed.data, organization));
        else rejects.push(rejected(row, reasons(parsed.error)));
      }
      return { records, rejects };
    },
  };
}

/** A row that is set aside. `raw` is what came, safe for Postgres and cut to a bounded size. */
function rejected(row: unknown, reason: string): RejectedRow {
  const raw = JSON.stringify(row)?.slice(0, MAX_RAW_CHARACTERS) ?? '';
  return { psaId: rowId(row), reason, raw: cleanText(raw) ?? '' };
}

/** The id of a row as text, or null when it has none that can be relied on: beyond 2^53 JSON has rounded it already. */
export function rowId(row: unknown): string | null {
  const id = typeof row === 'object' && row !== null && 'id' in row ? row.id : null;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? String(id) : null;
}

function reasons(error: z.ZodError): string {
  const told = error.issues
    .slice(0, MAX_REASONS)
    .map(({ path, message }) => `${path.join('/') || 'row'}: ${message.replace('Invalid input: ', '')}`);
  const more = error.issues.length - told.length;
  return told.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
