import type { RawRow } from '../psa.ts';
import type { Context } from './context.ts';
import { ANSWERS, COMPUTED, CUSTOM_VALUES } from './read/computed.ts';
import type { CollectionName } from './schema/collection-name.ts';
import type { Row } from './store/row.ts';

/** The bookkeeping of a row that the admin side writes; references in it need only an id. Refuses what is made of other rows. */
export function adminMarks(
  context: Context,
  name: CollectionName,
  raw: RawRow,
  known: Row | undefined,
): Pick<Row, '_info'> {
  const computed = Object.keys(COMPUTED[name] ?? {});
  const refused = Object.keys(raw).find((field) => computed.includes(field));
  if (refused) {
    throw new Error(`${name}.${refused} is made of other rows: write those, or ${CUSTOM_VALUES} and ${ANSWERS} by id.`);
  }
  const { at, by } = context.stamp('Admin1');
  const { dateEntered = at, enteredBy = by } = known?._info ?? {};
  return { _info: { lastUpdated: at, updatedBy: by, dateEntered, enteredBy } };
}
