import type { Command } from 'commander';
import type { TenantTx } from '../../../db/database.ts';
import type { Provider } from '../../../db/apply/outside-run.ts';
import { createFromReview, type Decided, linkReview } from '../../../db/reviews/decide-review.ts';
import { readReview } from '../../../db/reviews/list-reviews.ts';
import { readIntegration } from '../../../db/integrations/read-integration.ts';
import { idArgument } from '../../arguments.ts';
import { CliError } from '../../cli-error.ts';
import type { CliContext } from '../../context.ts';
import { plural } from '../../durations.ts';
import { examples } from '../../help.ts';
import { providerOf } from '../../../client/operate/provider-of.ts';
import { operatorName } from '../../operator-name.ts';
import { withTenantServices } from '../../services.ts';

/** `review link` and `review create`: the two decisions that tie a PSA record. */
export function registerReviewDecide(review: Command, context: CliContext): void {
  const link = review
    .command('link')
    .description("tie the PSA record to one of our records, which takes the PSA's values")
    .argument('<id>', 'the review', idArgument)
    .requiredOption(
      '--to <record-id>',
      'the record that is meant: of the same kind and organization, linked to nothing',
      idArgument,
    )
    .action((id: string, { to }: { to: string }) =>
      decide(context, id, 'linked', (tx, provider) => linkReview(tx, { reviewId: id, recordId: to, provider })),
    );
  examples(link, ['psa-sync review link 640 --to 1204', 'local values that fall go into the conflict log']);

  const create = review
    .command('create')
    .description('make a record of its own for the PSA record')
    .argument('<id>', 'the review', idArgument)
    .action((id: string) =>
      decide(context, id, 'created', (tx, provider) => createFromReview(tx, { reviewId: id, provider })),
    );
  examples(create, ['psa-sync review create 640', 'it is none of the candidates']);
}

async function decide(
  context: CliContext,
  id: string,
  state: 'linked' | 'created',
  work: (tx: TenantTx, provider: Provider) => Promise<Decided>,
): Promise<void> {
  const decided = await withTenantServices(context, ({ database, tenantId }) =>
    // A sync's writes, because they are the PSA's values.
    database.withTenant(
      tenantId,
      async (tx) => {
        const review = await readReview(tx, id);
        const integration = review && (await readIntegration(tx, review.integrationId));
        if (!integration) throw new CliError('usage', `There is no review ${id}.`, '`psa-sync review list` shows all.');
        return work(tx, providerOf(integration.provider));
      },
      'sync',
      operatorName(),
    ),
  );
  const { psaId, recordId, taken, conflicts } = decided;
  context.output.view({ id, state, ...decided }, [
    ['review', id],
    ['state', state],
    ['PSA id', psaId],
    ['record', recordId],
    ...(state === 'linked' ? [['fields taken', taken.join(', ')] as const] : []),
  ]);
  if (conflicts.length > 0) {
    context.output.say(
      `${plural(conflicts.length, 'local value')} fell to the PSA's: \`psa-sync conflict list --record ${recordId}\`.`,
    );
  }
}
