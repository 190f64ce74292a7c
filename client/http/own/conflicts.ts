import { z } from 'zod';
import { localAsJson, type Names } from '../../operate/local-as-json.ts';
import {
  type ConflictFilter,
  listConflicts,
  type LoggedConflict,
  readConflict,
} from '../../../db/conflicts/conflicts.ts';
import { restoreConflict } from '../../../db/conflicts/restore-conflict.ts';
import type { TenantTx } from '../../../db/database.ts';
import { readNames, referredIds } from '../../../db/records/names.ts';
import { KINDS } from '../../../domain/kinds.ts';
import type { ApiServer } from '../deps.ts';
import {
  idParams,
  oneSchema,
  PAGE_QUERY,
  pageOf,
  pageSchema,
  ref,
  refOrNull,
  refSchema,
  resource,
  show,
  time,
  timeOrNull,
  timeSchema,
} from './document.ts';
import { asCaller, ERRORS, type Operate } from './operate.ts';

interface Shown {
  readonly conflict: LoggedConflict;
  readonly names: Names;
}

const CONFLICT = resource<Shown>()({
  type: 'conflicts',
  attributes: z.object({
    'integration-id': refSchema,
    kind: z.enum(KINDS),
    'record-id': refSchema,
    'record-name': z.string().nullable(),
    field: z.string(),
    'local-value': z.unknown().describe('The value that fell; what it refers to has its id and its name'),
    'psa-value': z.unknown().describe('The value that replaced it'),
    'run-id': refSchema.nullable(),
    'created-at': timeSchema,
    'restored-at': timeSchema.nullable(),
  }),
  idOf: ({ conflict }) => conflict.id,
  read: ({ conflict, names }) => ({
    'integration-id': ref(conflict.integrationId),
    kind: conflict.kind,
    'record-id': ref(conflict.recordId),
    'record-name': names.get(conflict.recordId) ?? null,
    field: conflict.field,
    'local-value': localAsJson(conflict.kind, conflict.field, conflict.localValue, names),
    'psa-value': localAsJson(conflict.kind, conflict.field, conflict.psaValue, names),
    'run-id': refOrNull(conflict.runId),
    'created-at': time(conflict.createdAt),
    'restored-at': timeOrNull(conflict.restoredAt),
  }),
});

const LIST = z.strictObject({
  ...PAGE_QUERY,
  'filter[record_id]': idParams.shape.id.optional(),
  'filter[open]': z.stringbool().default(false).describe('Only those that were not restored'),
});

const META = z.object({
  changed: z.boolean().describe('False: the record held that value already'),
  pushes: z.int().describe('PSAs that are going to get it'),
});

const TAGS = ['Conflicts'];

/** Local values that a PSA value replaced, and the way back. */
export function conflictRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/conflicts',
    {
      schema: {
        summary: 'List local values that a PSA value replaced, newest first',
        tags: TAGS,
        querystring: LIST,
        response: { 200: pageSchema(CONFLICT), ...ERRORS },
      },
    },
    ({ caller, query }) =>
      pageOf(CONFLICT, query, (limit) => {
        const filter = { recordId: query['filter[record_id]'], open: query['filter[open]'], limit };
        return asCaller(operate, caller, (tx) => readAll(tx, filter));
      }),
  );

  server.post(
    '/conflicts/:id/restore',
    {
      schema: {
        summary: 'Write the local value back, as an edit: with two-way sync on, the PSA gets it too',
        tags: TAGS,
        params: idParams,
        response: { 200: oneSchema(CONFLICT, META), ...ERRORS },
      },
    },
    async ({ caller, params }) => {
      const input = { conflictId: params.id, author: caller.name };
      const { shown, restored } = await asCaller(operate, caller, async (tx) => {
        const done = await restoreConflict(tx, input, operate.rules);
        return { restored: done, shown: await withNames(tx, [await readConflict(tx, params.id)]) };
      });
      operate.startPushes(caller, restored.pushes);
      const meta = { changed: restored.changed, pushes: restored.pushes.length };
      return { data: show(CONFLICT, shown[0] as Shown), meta };
    },
  );
}

async function readAll(tx: TenantTx, filter: ConflictFilter): Promise<Shown[]> {
  return withNames(tx, await listConflicts(tx, filter));
}

async function withNames(tx: TenantTx, conflicts: readonly LoggedConflict[]): Promise<Shown[]> {
  const referred = conflicts.flatMap(({ kind, field, recordId, localValue, psaValue }) => [
    recordId,
    ...[localValue, psaValue].flatMap((value) => referredIds(kind, { [field]: value })),
  ]);
  const names = await readNames(tx, referred);
  return conflicts.map((conflict) => ({ conflict, names }));
}
