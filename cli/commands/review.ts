import { type Command, Option } from 'commander';
import { ignoreReview } from '../../db/reviews/decide-review.ts';
import { listReviews, type Review } from '../../db/reviews/list-reviews.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import { WHY_REVIEW } from '../../domain/why.ts';
import { idArgument } from '../arguments.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import type { Column } from '../output.ts';
import { withTenantServices } from '../services.ts';
import { registerReviewDecide } from './review/decide.ts';
import { registerReviewView } from './review/view.ts';

const STATES = ['open', 'ignored'] as const;

interface ListOptions {
  readonly kind?: Kind;
  readonly state: (typeof STATES)[number];
}

const COLUMNS: readonly Column<Review>[] = [
  { title: 'id', value: ({ id }) => id, align: 'right' },
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'name', value: ({ name }) => name },
  { title: 'organization', value: ({ organization }) => organization },
  { title: 'PSA id', value: ({ psaId }) => psaId, align: 'right' },
  { title: 'candidates', value: ({ candidateIds }) => candidateIds.join(', ') },
  { title: 'because', value: ({ reason }) => WHY_REVIEW[reason] },
];

/** Reviews: PSA records that wait because matching would have been a guess. */
export function registerReview(program: Command, context: CliContext): void {
  const review = program.command('review').description('decide on PSA records that matching could not place');

  const list = review
    .command('list')
    .description('list the PSA records that wait for a decision, oldest first')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(KINDS))
    .addOption(new Option('--state <state>', 'which of them').choices(STATES).default('open'))
    .action((options: ListOptions) => listAll(context, options));
  examples(
    list,
    ['psa-sync review list', 'what waits'],
    ['psa-sync review list --kind contact --state ignored', 'what somebody has set to ignore'],
  );

  registerReviewView(review, context);
  registerReviewDecide(review, context);

  const ignore = review
    .command('ignore')
    .description('let a review wait without asking for attention; runs go on counting it')
    .argument('<id>', 'the review', idArgument)
    .action((id: string) => setIgnored(context, id, true));
  examples(ignore, ['psa-sync review ignore 640', 'the PSA record stays outside, on purpose']);

  const unignore = review
    .command('unignore')
    .description('let an ignored review ask for attention again')
    .argument('<id>', 'the review', idArgument)
    .action((id: string) => setIgnored(context, id, false));
  examples(unignore, ['psa-sync review unignore 640', 'decide on it after all']);
}

async function listAll(context: CliContext, { kind, state }: ListOptions): Promise<void> {
  const reviews = await withTenantServices(context, ({ query }) => query((tx) => listReviews(tx, { kind, state })));
  context.output.list(reviews, COLUMNS, state === 'open' ? 'Nothing waits for a decision.' : 'Nothing is ignored.');
}

async function setIgnored(context: CliContext, id: string, ignored: boolean): Promise<void> {
  await withTenantServices(context, ({ query }) => query((tx) => ignoreReview(tx, id, ignored)));
  const state = ignored ? 'ignored' : 'open';
  context.output.view({ id, state }, [
    ['review', id],
    ['state', state],
  ]);
}
