import { z } from 'zod';
import { localAsJson } from '../../operate/local-as-json.ts';
import { providerOf } from '../../operate/provider-of.ts';
import type { Provider } from '../../../db/apply/outside-run.ts';
import type { TenantTx } from '../../../db/database.ts';
import { NotFound } from '../../../db/refusal.ts';
import { compareCandidates, type Comparison } from '../../../db/reviews/compare-candidates.ts';
import { createFromReview, type Decided, ignoreReview, linkReview } from '../../../db/reviews/decide-review.ts';
import { listReviews, readReview, type Review } from '../../../db/reviews/list-reviews.ts';
import { REVIEW_STATES } from '../../../db/schema/reviews.ts';
import { KINDS } from '../../../domain/kinds.ts';
import { WHY_REVIEW } from '../../../domain/why.ts';
import type { Caller } from '../caller.ts';
import type { ApiServer } from '../deps.ts';
import {
  bodySchema,
  idOrNumber,
  idParams,
  listSchema,
  oneSchema,
  ref,
  refOrNull,
  refSchema,
  resource,
  show,
  time,
  timeOrNull,
  timeSchema,
} from './document.ts';
import { mustReadIntegration } from './integrations.ts';
import { asCaller, ERRORS, type Operate } from './operate.ts';

const HEAD = {
  'integration-id': refSchema,
  kind: z.enum(KINDS),
  'psa-id': z.string(),
  name: z.string().nullable().describe('What the PSA calls it'),
  reason: z.string(),
  because: z.string().describe('The reason in words'),
  'organization-id': refSchema.nullable(),
  'organization-name': z.string().nullable(),
  'candidate-ids': z.array(refSchema).describe('Records that fit, or that hold the name already'),
  state: z.enum(REVIEW_STATES),
  'run-id': refSchema.nullable(),
  'created-at': timeSchema,
  'decided-at': timeSchema.nullable(),
} as const;

const headOf = (review: Review) => ({
  'integration-id': ref(review.integrationId),
  kind: review.kind,
  'psa-id': review.psaId,
  name: review.name,
  reason: review.reason,
  because: WHY_REVIEW[review.reason],
  'organization-id': refOrNull(review.organizationId),
  'organization-name': review.organization,
  'candidate-ids': review.candidateIds.map(ref),
  state: review.state,
  'run-id': refOrNull(review.runId),
  'created-at': time(review.createdAt),
  'decided-at': timeOrNull(review.decidedAt),
});

const REVIEW = resource<Review>()({
  type: 'reviews',
  attributes: z.object(HEAD),
  idOf: ({ id }) => id,
  read: headOf,
});

const FIELDS = z.record(z.string(), z.unknown());

const COMPARED = resource<{ readonly review: Review; readonly comparison: Comparison }>()({
  type: 'reviews',
  attributes: z.object({
    ...HEAD,
    'psa-fields': FIELDS.describe("The PSA's values"),
    candidates: z.array(
      z.object({
        id: refSchema,
        'linked-to-psa-id': z.string().nullable(),
        fields: FIELDS,
        differs: z.array(z.string()).describe("Fields whose value is not the PSA's"),
      }),
    ),
  }),
  idOf: ({ review }) => review.id,
  read: ({ review, comparison: { candidates, fields, names } }) => ({
    ...headOf(review),
    'psa-fields': { ...review.fields },
    candidates: candidates.map(({ id, linkedTo }, index) => ({
      id: ref(id),
      'linked-to-psa-id': linkedTo,
      fields: Object.fromEntries(
        fields.map(({ field, candidates: values }) => [
          field,
          localAsJson(review.kind, field, values[index]?.value ?? null, names),
        ]),
      ),
      differs: fields.filter(({ candidates: values }) => values[index]?.same === false).map(({ field }) => field),
    })),
  }),
});

const DECIDED = z.object({
  'record-id': refSchema,
  'fields-taken': z.array(z.string()).describe("Fields of the record that took the PSA's value"),
  conflicts: z.array(z.string()).describe('Those of them whose local value went into the conflict log'),
});

const decidedMeta = ({ recordId, taken, conflicts }: Decided): z.output<typeof DECIDED> => ({
  'record-id': ref(recordId),
  'fields-taken': [...taken],
  conflicts: [...conflicts],
});

const LIST = z.strictObject({
  'filter[kind]': z.enum(KINDS).optional(),
  'filter[state]': z.enum(REVIEW_STATES).default('open'),
});

const LINK = bodySchema(
  z.strictObject({
    'record-id': idOrNumber.describe('Of the same kind and organization, linked to nothing'),
  }),
);

const TAGS = ['Reviews'];

/** PSA records that wait because matching would have been a guess. */
export function reviewRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/reviews',
    {
      schema: {
        summary: 'List PSA records that wait for a decision, oldest first',
        tags: TAGS,
        querystring: LIST,
        response: { 200: listSchema(REVIEW), ...ERRORS },
      },
    },
    async ({ caller, query: { 'filter[kind]': kind, 'filter[state]': state } }) => {
      const reviews = await asCaller(operate, caller, (tx) => listReviews(tx, { kind, state }));
      return { data: reviews.map((review) => show(REVIEW, review)) };
    },
  );

  server.get(
    '/reviews/:id',
    {
      schema: {
        summary: "Show the PSA's values beside those of each candidate",
        tags: TAGS,
        params: idParams,
        response: { 200: oneSchema(COMPARED), ...ERRORS },
      },
    },
    async ({ caller, params }) => {
      const compared = await asCaller(operate, caller, async (tx) => {
        const review = await mustReadReview(tx, params.id);
        const integration = await mustReadIntegration(tx, review.integrationId);
        const provider = providerOf(integration.provider);
        return { review, comparison: await compareCandidates(tx, { review, integration, provider }) };
      });
      return { data: show(COMPARED, compared) };
    },
  );

  server.post(
    '/reviews/:id/link',
    {
      schema: {
        summary: "Tie the PSA record to a record, which takes the PSA's values",
        tags: TAGS,
        params: idParams,
        body: LINK,
        response: { 200: oneSchema(REVIEW, DECIDED), ...ERRORS },
      },
    },
    ({ caller, params: { id: reviewId }, body }) =>
      decide(operate, caller, reviewId, (tx, provider) =>
        linkReview(tx, { reviewId, recordId: body.data.attributes['record-id'], provider }),
      ),
  );

  server.post(
    '/reviews/:id/create',
    {
      schema: {
        summary: 'Make a record of its own for the PSA record',
        tags: TAGS,
        params: idParams,
        response: { 200: oneSchema(REVIEW, DECIDED), ...ERRORS },
      },
    },
    ({ caller, params: { id: reviewId } }) =>
      decide(operate, caller, reviewId, (tx, provider) => createFromReview(tx, { reviewId, provider })),
  );

  for (const [verb, ignored, summary] of [
    ['ignore', true, 'Let a review wait without asking for attention'],
    ['unignore', false, 'Let an ignored review ask for attention again'],
  ] as const) {
    server.post(
      `/reviews/:id/${verb}`,
      { schema: { summary, tags: TAGS, params: idParams, response: { 200: oneSchema(REVIEW), ...ERRORS } } },
      async ({ caller, params }) => {
        const review = await asCaller(operate, caller, async (tx) => {
          await ignoreReview(tx, params.id, ignored);
          return mustReadReview(tx, params.id);
        });
        return { data: show(REVIEW, review) };
      },
    );
  }
}

async function mustReadReview(tx: TenantTx, id: string): Promise<Review> {
  const review = await readReview(tx, id);
  if (review) return review;
  throw new NotFound(`There is no review ${id}.`);
}

/** A sync's writes, because they are the PSA's values. */
async function decide(
  operate: Operate,
  caller: Caller,
  id: string,
  work: (tx: TenantTx, provider: Provider) => Promise<Decided>,
) {
  const { review, decided } = await asCaller(
    operate,
    caller,
    async (tx) => {
      const { integrationId } = await mustReadReview(tx, id);
      const { provider } = await mustReadIntegration(tx, integrationId);
      const done = await work(tx, providerOf(provider));
      return { review: await mustReadReview(tx, id), decided: done };
    },
    'sync',
  );
  return { data: show(REVIEW, review), meta: decidedMeta(decided) };
}
