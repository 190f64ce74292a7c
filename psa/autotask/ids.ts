import { z } from 'zod';
import type { IdField } from '../record-reader.ts';

/** Company 0 is the customer itself. */
export const COMPANY_ID: IdField = { field: 'id', schema: z.int().nonnegative() };

/** The id of a row as text, of whatever entity; null when it has none that can be relied on. */
export function anyId(row: unknown): string | null {
  const { data } = COMPANY_ID.schema.safeParse((row as { readonly id?: unknown } | null | undefined)?.id);
  return data === undefined ? null : String(data);
}

/** Whether a value in a row is the id of another one. */
export const isRowId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
