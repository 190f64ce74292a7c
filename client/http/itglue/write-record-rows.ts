import { glanceAtOrganizations } from '../../../db/api/read-kin.ts';
import { type ApiRecord, readRecords } from '../../../db/api/read-records.ts';
import type { TenantTx } from '../../../db/database.ts';
import { deleteRecords } from '../../../db/edits/delete-records.ts';
import type { Edited, ProviderRules, RequestedPush, SureRefusal, Writer } from '../../../db/edits/edit.ts';
import { makeRecords } from '../../../db/edits/make-records.ts';
import { saveEdit, saveEdits } from '../../../db/edits/save-edits.ts';
import type { Sent } from './body.ts';
import { parseTime } from './filter-values.ts';
import { findRecords } from './read-record-rows.ts';
import type { RecordResource } from './resource.ts';
import { requireAll, toFields } from './to-fields.ts';

/** What a request that writes needs to know. */
export interface Writing {
  readonly tx: TenantTx;
  readonly resource: RecordResource;
  readonly rules: ProviderRules;
  readonly writer: Writer;
  /** Of the address; undefined when it names none. */
  readonly organizationId: string | undefined;
}

export interface Written {
  /** As they are now, in the order of the request. */
  readonly records: readonly ApiRecord[];
  readonly pushes: readonly RequestedPush[];
  /** PSAs that will not take a record, each with the record. */
  readonly refusals: readonly (SureRefusal & { readonly recordId: string })[];
}

/** Makes records, all or none. */
export async function makeRecordRows(writing: Writing, objects: readonly Sent[]): Promise<Written> {
  const { tx, resource, rules, writer, organizationId } = writing;
  const home = organizationId === undefined ? {} : { organization: organizationId };
  const wishes = objects.map((sent) => {
    requireAll(resource, sent, home);
    return toFields(resource, sent, null);
  });
  const inputs = wishes.map(({ set }) => ({ kind: resource.kind, values: { ...set, ...home }, ...writer }));
  const made = await makeRecords(tx, resource.kind, inputs, rules);
  return finish(
    writing,
    made,
    wishes.map(({ primary }) => primary),
  );
}

/**
 * Changes what was sent of records, all or none. `ids` go with `objects`; `ifVersion` is what If-Match names.
 * A time that was sent as `updated-at` is the time the sender saw.
 */
export async function changeRecordRows(
  writing: Writing,
  ids: readonly string[],
  objects: readonly Sent[],
  ifVersion?: number,
): Promise<Written> {
  const { tx, resource, rules, writer, organizationId } = writing;
  const current = new Map((await findRecords(tx, resource, ids, organizationId)).map((record) => [record.id, record]));
  const wishes = objects.map((sent, i) => toFields(resource, sent, current.get(ids[i] ?? '')?.values ?? null));
  const edits = objects.map((sent, i) => {
    const seen = sent.attributes['updated-at'] as string | undefined;
    return {
      recordId: ids[i] ?? '',
      kind: resource.kind,
      set: wishes[i]?.set ?? {},
      ...(ifVersion !== undefined && { ifVersion }),
      ...(seen !== undefined && { ifUpdatedAt: parseTime(seen) }),
      ...writer,
    };
  });
  const edited = await saveEdits(tx, resource.kind, edits, rules);
  return finish(
    writing,
    edited,
    wishes.map(({ primary }) => primary),
  );
}

/** Deletes records, all or none; answers them as they were. */
export async function deleteRecordRows(
  { tx, resource, writer, organizationId }: Writing,
  ids: readonly string[],
  show: (records: readonly ApiRecord[]) => Promise<unknown>,
): Promise<unknown> {
  const records = await findRecords(tx, resource, ids, organizationId);
  const shown = await show(records);
  await deleteRecords(tx, resource.kind, ids, writer.author);
  return shown;
}

async function finish(
  writing: Writing,
  edited: readonly Edited[],
  primary: readonly (boolean | undefined)[],
): Promise<Written> {
  const { tx, resource } = writing;
  const ids = edited.map(({ recordId }) => recordId);
  const pushes = edited.flatMap((one) => one.pushes);
  for (const [i, wanted] of primary.entries()) {
    if (wanted !== undefined) pushes.push(...(await setPrimary(writing, ids[i] ?? '', wanted)));
  }
  const refusals = edited.flatMap((one) => one.refusals.map((refusal) => ({ ...refusal, recordId: one.recordId })));
  return { records: await readRecords(tx, resource.kind, ids), pushes, refusals };
}

/** Which location is the primary one stands in the organization: an edit of that, but only if it changes something. */
async function setPrimary(
  { tx, rules, writer }: Writing,
  locationId: string,
  wanted: boolean,
): Promise<readonly RequestedPush[]> {
  const [location] = await readRecords(tx, 'location', [locationId]);
  const organizationId = (location?.values['organization'] ?? '') as string;
  const organization = (await glanceAtOrganizations(tx, [organizationId])).get(organizationId);
  if (!organization || (organization.primaryLocationId === locationId) === wanted) return [];
  const set = { primaryLocation: wanted ? locationId : null };
  return (await saveEdit(tx, { recordId: organizationId, kind: 'organization', set, ...writer }, rules)).pushes;
}
