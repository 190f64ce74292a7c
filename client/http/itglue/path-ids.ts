import { ApiError, apiError } from '../api-error.ts';
import type { Sent } from './body.ts';
import { isId } from './filter-values.ts';

/** An id of an address. What is no number names nothing. */
export function numericId(id: string, what: string): string {
  if (isId(id)) return id;
  throw apiError(404, `There is no ${what.replaceAll('_', ' ')} ${id}.`);
}

/** The object, if it names the record of the address or none. */
export function sameId(id: string, sent: Sent): Sent {
  if (sent.id === null || sent.id === id) return sent;
  throw complaint(sent, `is ${sent.id}, and the address names ${id}`);
}

/** The record that an object of a bulk request names. */
export function idOf(sent: Sent, what: string): string {
  if (sent.id !== null) return numericId(sent.id, what);
  throw complaint(sent, "can't be blank: each object of a bulk request names its record");
}

function complaint({ pointer }: Sent, detail: string): ApiError {
  return new ApiError(422, [{ detail, source: { pointer: `${pointer}/attributes/id` } }]);
}
