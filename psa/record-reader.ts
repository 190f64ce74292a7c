import { z, type ZodType } from 'zod';
import type { FieldOf } from '../domain/fields.ts';
import type { Kind } from '../domain/kinds.ts';
import type { PsaRecord } from '../domain/psa-record.ts';
import type { PsaLookup, PsaValue } from '../domain/values.ts';
import type { MappingRow, RejectedRow } from './contract.ts';
import { cleanText } from '../domain/clean-text.ts';
import { createColumn, selectedBy, shapeOf, type Row } from './column.ts';
import { rejectReason } from './reject-reason.ts';
import type { Transform } from './transform.ts';

export interface RecordReaderOptions {
  readonly kind: Kind;
  readonly rows: readonly MappingRow[];
  readonly transforms: Readonly<Record<string, Transform>>;
  /** Whether the kind passes a gate by type and status; its fields `type` and `status` then say so. */
  readonly gated: boolean;
  /** A flag of the PSA that marks rows as deleted though listed. */
  readonly goneFlag?: string;
  /** Where the PSA's id stands; default: a number above 0, called `id`. */
  readonly id?: IdField;
}

/** The field of a row that holds its id, and what is an id there. */
export interface IdField {
  readonly field: string;
  readonly schema: ZodType<number | string>;
}

const POSITIVE_ID: IdField = { field: 'id', schema: z.int().positive() };

export interface RowsRead {
  readonly records: readonly PsaRecord[];
  readonly rejects: readonly RejectedRow[];
}

export interface RecordReader {
  /** The PSA's fields that the mapping needs, `/` between levels, and no other. */
  readonly selects: readonly string[];
  /** A row's id as text, or null when it has none that can be relied on: beyond 2^53 JSON has rounded a number already. */
  idOf(row: unknown): string | null;
  /** @param organization PSA id of the parent that the rows were listed under, where that says whose they are. */
  read(rows: readonly unknown[], organization?: string): RowsRead;
}

/** A row of the mapping of one kind, with the conversions that there are. */
export interface RowOf<K extends Kind, Transforms> extends MappingRow {
  readonly field: FieldOf<K>;
  readonly transform: keyof Transforms & string;
}

/** A reader for each kind of a mapping; to be made once, as the schemas cost milliseconds. What is read of `status` is a gate's. */
export function createReaders<K extends Kind>(
  mapping: Readonly<Record<K, readonly MappingRow[]>>,
  transforms: RecordReaderOptions['transforms'],
  particular?: Readonly<Partial<Record<K, Pick<RecordReaderOptions, 'goneFlag' | 'id'>>>>,
): Readonly<Record<K, RecordReader>> {
  const readers = (Object.entries(mapping) as [K, readonly MappingRow[]][]).map(([kind, rows]) => {
    const gated = rows.some(({ field }) => field === 'status');
    return [kind, createRecordReader({ kind, rows, transforms, gated, ...particular?.[kind] })] as const;
  });
  return Object.fromEntries(readers) as Record<K, RecordReader>;
}

const MAX_RAW_CHARACTERS = 4_000; // enough to see what is wrong with a row, bounded for the table of rejects

/**
 * Turns a PSA's rows into records by a mapping table. A row is checked for what the mapping needs and for nothing else; one
 * that fails is rejected with the names of the fields, and the others go on.
 */
export function createRecordReader(options: RecordReaderOptions): RecordReader {
  const { kind, rows, transforms, gated, goneFlag, id = POSITIVE_ID } = options;
  const columns = rows.map((row) => createColumn(row, transforms));
  const typeColumn = gated ? columns.find(({ field }) => field === 'type') : undefined;
  const schema = z.object({
    ...shapeOf(columns),
    [id.field]: id.schema,
    ...(goneFlag !== undefined && { [goneFlag]: z.boolean().nullish() }),
  });

  function toRecord(row: Row, organization: string | undefined): PsaRecord {
    const fields: Record<string, PsaValue> = {};
    for (const { field, at, transform } of columns) fields[field] = transform.toOurs(at(row));
    if (organization !== undefined) fields['organization'] = organization;
    return {
      kind,
      psaId: String(row[id.field]),
      types: typeColumn?.transform.lookups(typeColumn.at(row)) ?? [],
      status: gated ? (fields['status'] as PsaLookup | null) : null,
      fields,
      gone: goneFlag !== undefined && row[goneFlag] === true,
    };
  }

  return {
    selects: [id.field, ...new Set(columns.flatMap(selectedBy)), ...(goneFlag === undefined ? [] : [goneFlag])],
    idOf: (row) => idIn(row, id),
    read(rows, organization) {
      const records: PsaRecord[] = [];
      const rejects: RejectedRow[] = [];
      for (const row of rows) {
        const parsed = schema.safeParse(row);
        if (parsed.success) records.push(toRecord(parsed.data, organization));
        else rejects.push(rejectedRow(row, idIn(row, id), rejectReason(row, parsed.error, id.field)));
      }
      return { records, rejects };
    },
  };
}

/** A row that is set aside. `raw` is what came, safe for Postgres and cut to a bounded size. */
export function rejectedRow(row: unknown, psaId: string | null, reason: string): RejectedRow {
  const raw = JSON.stringify(row)?.slice(0, MAX_RAW_CHARACTERS) ?? '';
  return { psaId, reason, raw: cleanText(raw) ?? '' };
}

/** The id of a row that has a number above 0 called `id`; see `RecordReader.idOf`. */
export function rowId(row: unknown): string | null {
  return idIn(row, POSITIVE_ID);
}

function idIn(row: unknown, { field, schema }: IdField): string | null {
  const { data } = schema.safeParse((row as Row | null | undefined)?.[field]);
  return data === undefined ? null : String(data);
}
