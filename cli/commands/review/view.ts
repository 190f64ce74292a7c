import type { Command } from 'commander';
import { localAsJson } from '../../../client/operate/local-as-json.ts';
import { readIntegration } from '../../../db/integrations/read-integration.ts';
import { type ComparedField, compareCandidates, type Comparison } from '../../../db/reviews/compare-candidates.ts';
import { readReview, type Review } from '../../../db/reviews/list-reviews.ts';
import { WHY_REVIEW } from '../../../domain/why.ts';
import { idArgument } from '../../arguments.ts';
import { CliError } from '../../cli-error.ts';
import type { CliContext } from '../../context.ts';
import { examples } from '../../help.ts';
import type { Column } from '../../output.ts';
import { providerOf } from '../../../client/operate/provider-of.ts';
import { withTenantServices } from '../../services.ts';
import { part, showParts } from '../../show-parts.ts';
import { localInWords, psaInWords } from '../../show-value.ts';

/** Before a candidate's value that is not the PSA's. */
const DIFFERS = '≠ ';

export function registerReviewView(review: Command, context: CliContext): void {
  const command = review
    .command('view')
    .description("show the PSA's values beside those of each candidate, differences marked")
    .argument('<id>', 'the review', idArgument)
    .action((id: string) => view(context, id));
  examples(command, ['psa-sync review view 640', 'which of the candidates is meant']);
}

async function view(context: CliContext, id: string): Promise<void> {
  const { review, comparison } = await withTenantServices(context, ({ query }) =>
    query(async (tx) => {
      const found = await readReview(tx, id);
      const integration = found && (await readIntegration(tx, found.integrationId));
      if (!found || !integration)
        throw new CliError('usage', `There is no review ${id}.`, '`psa-sync review list` shows all.');
      const provider = providerOf(integration.provider);
      return { review: found, comparison: await compareCandidates(tx, { review: found, integration, provider }) };
    }),
  );
  showParts(context.output, asJson(review, comparison), facts(review, comparison), [
    part('The PSA, and the records that it may be', comparison.fields, columns(review, comparison)),
  ]);
  if (review.state === 'open' || review.state === 'ignored') {
    context.output.say(
      `Settle it with \`psa-sync review link ${id} --to <record>\`, \`review create ${id}\` or \`review ignore ${id}\`.`,
    );
  }
}

function facts(review: Review, { candidates }: Comparison) {
  return [
    ['review', review.id],
    ['state', review.state],
    ['because', WHY_REVIEW[review.reason]],
    ['integration', review.integration],
    ['kind', review.kind],
    ['PSA id', review.psaId],
    ['organization', review.organization],
    ...candidates.map(
      ({ id, linkedTo }) =>
        ['candidate', linkedTo === null ? `${id}, free` : `${id}, linked to PSA id ${linkedTo}`] as const,
    ),
    ['waits since', review.createdAt],
    ['decided', review.decidedAt],
  ] as const;
}

function columns({ kind }: Review, { candidates, names }: Comparison): Column<ComparedField>[] {
  return [
    { title: 'field', value: ({ field }) => field },
    { title: 'PSA', value: ({ field, psa, local }) => psaInWords(kind, field, psa, names, local) },
    ...candidates.map(({ id }, index) => ({
      title: id,
      value: ({ field, candidates: values }: ComparedField) => {
        const { value = null, same = false } = values[index] ?? {};
        return `${same ? '' : DIFFERS}${localInWords(kind, field, value, names) ?? '-'}`;
      },
    })),
  ];
}

function asJson(review: Review, { candidates, fields, names }: Comparison) {
  const { fields: psa, candidateIds: _ids, ...head } = review;
  return {
    ...head,
    psa,
    candidates: candidates.map((candidate, index) => ({
      ...candidate,
      fields: Object.fromEntries(
        fields.map(({ field, candidates: values }) => [
          field,
          localAsJson(review.kind, field, values[index]?.value ?? null, names),
        ]),
      ),
      differs: fields.filter(({ candidates: values }) => values[index]?.same === false).map(({ field }) => field),
    })),
  };
}
