import { z } from 'zod';
import { type ListNoun, STATUSES, tickedList, tickedLists, TYPES } from '../../operate/ticked-lists.ts';
import type { TenantTx } from '../../../db/database.ts';
import { setTicks } from '../../../db/integrations/change-settings.ts';
import type { Integration } from '../../../db/integrations/read-integration.ts';
import { countTouched } from '../../../db/links/count-links.ts';
import { listLookups } from '../../../db/lookups/list-lookups.ts';
import { type Kind, KINDS } from '../../../domain/kinds.ts';
import { ApiError } from '../api-error.ts';
import type { ApiServer } from '../deps.ts';
import { LIMITS } from '../limits.ts';
import { idParams, listSchema, resource, show } from './document.ts';
import { mustReadIntegration } from './integrations.ts';
import { asCaller, ERRORS, type Operate } from './operate.ts';

interface Row {
  readonly kind: Kind;
  readonly psaId: string;
  readonly name: string;
  readonly ticked: boolean | null;
  readonly inactive: boolean;
}

const rowOf = (noun: ListNoun) =>
  resource<Row>()({
    type: `sync-${noun.plural}`,
    attributes: z.object({
      kind: z.enum(KINDS),
      'psa-id': z.string(),
      name: z.string(),
      ticked: z.boolean().nullable().describe('Null where there is nothing to tick'),
      inactive: z.boolean().describe('The PSA no longer offers it'),
    }),
    idOf,
    read: ({ psaId, ...row }) => ({ ...row, 'psa-id': psaId }),
  });

const idOf = ({ kind, psaId }: Pick<Row, 'kind' | 'psaId'>): string => `${kind}-${psaId}`;

const CHANGE = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        type: z.string().optional(),
        attributes: z.strictObject({ ticked: z.boolean() }),
      }),
    )
    .min(1)
    .max(LIMITS.bulkRecords),
});

const META = z.object({
  changed: z.int().describe('Rows whose tick changed'),
  'linked-records': z.int().describe('Records in step that came in by what is no longer ticked'),
  'linked-records-below': z.int().describe('Records in step that belong to those'),
  'full-sync-needed': z.boolean().describe('Ticks count from the next full sync on'),
});

const TAGS = ['Sync settings'];

/** Types and statuses whose ticks let PSA records in. */
export function tickRoutes(server: ApiServer, operate: Operate): void {
  for (const noun of [TYPES, STATUSES]) {
    const made = rowOf(noun);
    const query = z.strictObject({ 'filter[kind]': z.enum(noun.listed).optional() });
    server.get(
      `/integrations/:id/${noun.plural}`,
      {
        schema: {
          summary: `List the PSA's ${noun.plural}, and which are ticked`,
          tags: TAGS,
          params: idParams,
          querystring: query,
          response: { 200: listSchema(made), ...ERRORS },
        },
      },
      async ({ caller, params, query: { 'filter[kind]': kind } }) => {
        const rows = await asCaller(operate, caller, async (tx) =>
          readRows(tx, noun, await mustReadIntegration(tx, params.id), kind),
        );
        return { data: rows.map((row) => show(made, row)) };
      },
    );

    server.patch(
      `/integrations/:id/${noun.plural}`,
      {
        schema: {
          summary: `Tick or untick ${noun.plural}; unticking deletes nothing`,
          tags: TAGS,
          params: idParams,
          body: CHANGE,
          response: { 200: listSchema(made, META), ...ERRORS },
        },
      },
      async ({ caller, params, body }) => {
        const { rows, meta } = await asCaller(operate, caller, async (tx) => {
          const integration = await mustReadIntegration(tx, params.id);
          const done = await changeTicks(tx, noun, integration, body.data);
          return { rows: await readRows(tx, noun, integration, undefined), meta: done };
        });
        return { data: rows.map((row) => show(made, row)), meta };
      },
    );
  }
}

async function readRows(
  tx: TenantTx,
  noun: ListNoun,
  integration: Integration,
  kind: Kind | undefined,
): Promise<Row[]> {
  const lists = tickedLists(noun, integration).filter((one) => kind === undefined || one.kind === kind);
  if (lists.length === 0) return [];
  const names = lists.map(({ list }) => list);
  const rows = await listLookups(tx, integration.id, names);
  return lists.flatMap(({ kind: of, list, gated }) =>
    rows
      .filter((row) => row.list === list)
      .map(({ psaId, name, ticked, inactive }) => ({ kind: of, psaId, name, ticked: gated ? ticked : null, inactive })),
  );
}

type Change = z.output<typeof CHANGE>['data'];

async function changeTicks(
  tx: TenantTx,
  noun: ListNoun,
  integration: Integration,
  wanted: Change,
): Promise<z.output<typeof META>> {
  const rows = new Map((await readRows(tx, noun, integration, undefined)).map((row) => [idOf(row), row]));
  const unknown = wanted.flatMap(({ id }, index) =>
    rows.has(id) ? [] : [{ detail: `The PSA has no ${noun.name} ${id}.`, source: { pointer: `/data/${index}/id` } }],
  );
  if (unknown.length > 0) throw new ApiError(422, unknown);
  let changed = 0;
  const touched = { records: 0, below: 0 };
  const kinds = new Set(wanted.flatMap(({ id }) => rows.get(id)?.kind ?? []));
  for (const kind of kinds) {
    for (const ticked of [true, false]) {
      const meant = wanted.filter(({ attributes }) => attributes.ticked === ticked).map(({ id }) => rows.get(id));
      const psaIds = meant.flatMap((row) => (row?.kind === kind && row.ticked !== ticked ? [row.psaId] : []));
      if (psaIds.length === 0) continue;
      changed += await setTicks(tx, integration.id, tickedList(noun, integration, kind), psaIds, ticked);
      if (ticked) continue;
      const gone = await countTouched(tx, { integrationId: integration.id, kind, field: noun.name, psaIds });
      touched.records += gone.records;
      touched.below += gone.below;
    }
  }
  return {
    changed,
    'linked-records': touched.records,
    'linked-records-below': touched.below,
    'full-sync-needed': changed > 0,
  };
}
