import { z } from 'zod';
import type { StoredForm } from '../../store/record-change.ts';
import { ANSWERS, CUSTOM_VALUES } from '../read/computed.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import { isReference, referredId, type Row } from './row.ts';

const info = z.object({
  lastUpdated: z.string(),
  updatedBy: z.string(),
  dateEntered: z.string(),
  enteredBy: z.string(),
});

/** What a row of the data file must have. */
export const rowSchema: z.ZodType<Row> = z.looseObject({ id: z.number(), _info: info });

/** Who wrote a row stands in `_info`; values of fields that the API works out are kept by id. */
export const STORED_FORM: StoredForm = {
  bookkeeping: ['_info'],
  servedAs: { [CUSTOM_VALUES]: 'customFields', [ANSWERS]: 'questions' },
  // References as ids: their objects are shared and change with the row they stand for.
  frozen: (value) => (isReference(value) ? { id: value.id } : value),
};

/** A row with its references cut down to ids: names are looked up again when it is replayed. */
export function compactRow(name: CollectionName, row: Row): unknown {
  const { fields } = COLLECTIONS[name];
  const compact: Record<string, unknown> = { ...row };
  for (const [field, { kind }] of Object.entries(fields)) {
    const id = kind === 'reference' ? referredId(compact[field]) : undefined;
    if (id !== undefined) compact[field] = { id };
  }
  return compact;
}
