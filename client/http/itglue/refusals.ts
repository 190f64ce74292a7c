import { InvalidValues, NoSuchRecord, ReadOnlyFields, RefusedBatch, StaleVersion } from '../../../db/edits/edit.ts';
import { Refusal } from '../../../db/refusal.ts';
import { ApiError, type ErrorObject, type ErrorStatus, TITLES } from '../api-error.ts';
import type { Sent } from './body.ts';
import type { ResourceObject } from './document.ts';
import type { RecordResource } from './resource.ts';
import { fieldOf } from './to-fields.ts';

/** A refused write in IT Glue's form: our fields under the names of their attributes, each object at its place in the body. */
export function refusedWrite(
  resource: RecordResource,
  error: unknown,
  objects: readonly Sent[],
  newer: ReadonlyMap<string, ResourceObject>,
): unknown {
  if (!(error instanceof Refusal)) return error;
  const refusals = error instanceof RefusedBatch ? error.refusals : [{ index: 0, refusal: error }];
  const errors = refusals.flatMap(({ index, refusal }) => {
    const sent = objects[index];
    return sent ? complaints(resource, refusal, sent, newer) : [];
  });
  const status = ([404, 409] as const).find((one) => errors.some((complaint) => complaint.status === one)) ?? 422;
  return errors.length === 0 ? error : new ApiError(status, errors);
}

/** Records that are newer than a request knew. */
export function staleIn(error: unknown): string[] {
  const refusals = error instanceof RefusedBatch ? error.refusals.map(({ refusal }) => refusal) : [error];
  return refusals.flatMap((refusal) => (refusal instanceof StaleVersion ? [refusal.recordId] : []));
}

function complaints(
  resource: RecordResource,
  refusal: Refusal,
  sent: Sent,
  newer: ReadonlyMap<string, ResourceObject>,
): ErrorObject[] {
  const at = (field: string) => ({ pointer: `${sent.pointer}/attributes/${attributeOf(resource, field, sent)}` });
  if (refusal instanceof ReadOnlyFields) {
    return refusal.fields.map(({ field, reason }) =>
      complaint(422, `Cannot update a synced resource: it ${reason}. ${refusal.wayOut ?? ''}`.trim(), at(field)),
    );
  }
  if (refusal instanceof InvalidValues) {
    return refusal.problems.map(({ field, message }) => complaint(422, message, at(field)));
  }
  const detail = [refusal.message, refusal.wayOut].filter(Boolean).join(' ');
  if (refusal instanceof NoSuchRecord) return [complaint(404, detail, { pointer: sent.pointer })];
  if (!(refusal instanceof StaleVersion)) return [complaint(422, detail, { pointer: sent.pointer })];
  const current = newer.get(refusal.recordId);
  return [{ ...complaint(409, detail, { pointer: sent.pointer }), ...(current && { meta: { current } }) }];
}

/** The attribute of a field that was sent, or else the first that shows it. */
function attributeOf({ attributes }: RecordResource, field: string, sent: Sent): string {
  const all = attributes.filter((attribute) => attribute.writable && fieldOf(attribute) === field);
  return (all.find(({ name }) => name in sent.attributes) ?? all[0])?.name ?? field;
}

function complaint(status: ErrorStatus, detail: string, source: { readonly pointer: string }): ErrorObject {
  return { status, title: TITLES[status], detail, source };
}
