import { z } from 'zod';
import { localAsJson, type Names } from '../../operate/local-as-json.ts';
import type { TenantTx } from '../../../db/database.ts';
import { restoreField } from '../../../db/edits/restore-field.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import { readNames, referredIds } from '../../../db/records/names.ts';
import { type HistoryEntry, readHistory } from '../../../db/records/record-detail.ts';
import { NotFound } from '../../../db/refusal.ts';
import { ORIGINS } from '../../../db/schema/field-history.ts';
import type { Kind } from '../../../domain/kinds.ts';
import type { ApiServer } from '../deps.ts';
import {
  bodySchema,
  idParams,
  PAGE_QUERY,
  pageOf,
  pageSchema,
  refOrNull,
  refSchema,
  resource,
  time,
  timeSchema,
} from './document.ts';
import { asCaller, ERRORS, type Operate } from './operate.ts';

interface Shown {
  readonly kind: Kind;
  readonly entry: HistoryEntry;
  readonly names: Names;
}

const ENTRY = resource<Shown>()({
  type: 'field-history',
  attributes: z.object({
    source: z.enum(ORIGINS),
    'run-id': refSchema.nullable(),
    author: z.string().nullable(),
    changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
    'created-at': timeSchema,
  }),
  idOf: ({ entry }) => entry.id,
  read: ({ kind, entry, names }) => ({
    source: entry.source,
    'run-id': refOrNull(entry.runId),
    author: entry.author,
    changes: Object.entries(entry.changes).map(([field, [from, to]]) => ({
      field,
      from: localAsJson(kind, field, from, names),
      to: localAsJson(kind, field, to, names),
    })),
    'created-at': time(entry.at),
  }),
});

const PARAMS = idParams.extend({ entry: idParams.shape.id });

const RESTORE = bodySchema(z.strictObject({ field: z.string().max(100).optional().describe('Only this one') }));

const RESTORED = z.object({
  meta: z.object({
    changed: z.array(z.string()).describe('Fields whose value changed'),
    pushes: z.int().describe('PSAs that are going to get them'),
  }),
});

const TAGS = ['Field history'];

/** What changed in a record, and the way back. */
export function fieldHistoryRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/records/:id/field_history',
    {
      schema: {
        summary: 'List what changed in a record, newest first',
        tags: TAGS,
        params: idParams,
        querystring: z.strictObject(PAGE_QUERY),
        response: { 200: pageSchema(ENTRY), ...ERRORS },
      },
    },
    ({ caller, params, query }) =>
      pageOf(ENTRY, query, (limit) => asCaller(operate, caller, (tx) => readAll(tx, params.id, limit))),
  );

  server.post(
    '/records/:id/field_history/:entry/restore',
    {
      schema: {
        summary:
          'Give fields the values that they had before an entry, as an edit: with two-way sync on, the PSA gets them too',
        tags: TAGS,
        params: PARAMS,
        body: RESTORE.nullish(),
        response: { 200: RESTORED, ...ERRORS },
      },
    },
    async ({ caller, params, body }) => {
      const field = body?.data.attributes.field;
      const input = { recordId: params.id, historyId: params.entry, field, author: caller.name };
      const { changed, pushes } = await asCaller(operate, caller, (tx) => restoreField(tx, input, operate.rules));
      operate.startPushes(caller, pushes);
      return { meta: { changed: [...changed], pushes: pushes.length } };
    },
  );
}

async function readAll(tx: TenantTx, recordId: string, limit: number): Promise<Shown[]> {
  const record = await findRecord(tx, recordId);
  if (!record) throw new NotFound(`There is no record ${recordId}.`);
  const { kind } = record;
  const entries = await readHistory(tx, recordId, limit);
  const referred = entries.flatMap(({ changes }) =>
    Object.entries(changes).flatMap(([field, values]) =>
      values.flatMap((value) => referredIds(kind, { [field]: value })),
    ),
  );
  const names = await readNames(tx, referred);
  return entries.map((entry) => ({ kind, entry, names }));
}
