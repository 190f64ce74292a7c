import { errorReply } from '../errors.ts';
import { Refusal } from '../../refusal.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import type { Row } from '../store/row.ts';

/** 409: "record possibly in use". */
export function inUse(collection: CollectionName, { id }: Row, by: string): Refusal {
  const message = `${COLLECTIONS[collection].singular} ${id} cannot be deleted: the record is in use by ${by}.`;
  return new Refusal(errorReply(409, 'InUse', message));
}
