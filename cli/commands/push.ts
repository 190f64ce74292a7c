import { type Command, Option } from 'commander';
import { workflowPage } from '../../client/temporal/ui-links.ts';
import { pushInputOf } from '../../client/temporal/start-push.ts';
import { listPushes, type PushView } from '../../db/push/list-pushes.ts';
import { pushesOfRecord } from '../../db/push/retry-push.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import { PUSH_REASONS, PUSH_STATES, type PushReason, type PushState } from '../../domain/push-states.ts';
import { WHY_PUSH } from '../../domain/why-push.ts';
import { pushWorkflowId } from '../../workflows/contracts.ts';
import { idArgument } from '../arguments.ts';
import { integrationIdOf } from '../choose-run.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { limitOption, listSome } from '../list-some.ts';
import type { Column } from '../output.ts';
import { type TenantServices, withTenantServices } from '../services.ts';
import { temporalUi } from '../temporal-ui.ts';
import { registerPushAll } from './push/all.ts';
import { registerPushDiscard } from './push/discard.ts';
import { registerPushRetry } from './push/retry.ts';

/** What has not arrived. */
const OPEN: readonly PushState[] = ['pending', 'waiting', 'failed', 'attention'];

const COLUMNS: readonly Column<PushView>[] = [
  { title: 'record', value: ({ recordId }) => recordId, align: 'right' },
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'name', value: ({ name }) => name },
  { title: 'integration', value: ({ integration }) => integration },
  { title: 'state', value: ({ state, reasonCode }) => (reasonCode === null ? state : `${state}: ${reasonCode}`) },
  { title: 'because', value: ({ reason }) => reason },
  { title: 'fields', value: ({ fields }) => fields.join(', ') },
  { title: 'by', value: ({ author, origin }) => author ?? origin },
  { title: 'since', value: ({ requestedAt }) => requestedAt },
];

interface ListOptions {
  readonly state?: PushState;
  readonly failed?: boolean;
  readonly kind?: Kind;
  readonly reason?: PushReason;
  readonly integration?: string;
  readonly all?: boolean;
  readonly limit: number;
}

/** Pushes: edits on their way to a PSA. */
export function registerPush(program: Command, context: CliContext): void {
  const push = program.command('push').description('look at edits on their way to a PSA, retry or discard them');

  const list = push
    .command('list')
    .description('list what has not arrived in the PSA yet, the newest first')
    .addOption(new Option('--state <state>', 'only in this state').choices(PUSH_STATES))
    .option('--failed', 'only what failed or needs attention')
    .addOption(new Option('--reason <code>', 'only what stopped for this reason').choices(PUSH_REASONS))
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(KINDS))
    .option('--integration <key>', 'only to this integration')
    .option('--all', 'also what has arrived, or was discarded')
    .addOption(limitOption())
    .action((options: ListOptions) => listAll(context, options));
  examples(
    list,
    ['psa-sync push list', 'what is on its way, waits or failed'],
    ['psa-sync push list --failed --reason refused --kind contact', 'contacts that the PSA refused'],
    ['psa-sync push list --all --json', 'everything, for a script'],
  );

  const view = push
    .command('view')
    .description('show the push of a record: where it stands, why, and what to do about it')
    .argument('<record-id>', 'the record', idArgument)
    .option('--integration <key>', 'to which integration, where it goes to several')
    .action((id: string, { integration }: { integration?: string }) => viewOne(context, id, integration));
  examples(view, ['psa-sync push view 1204', 'why a record does not arrive']);

  registerPushRetry(push, context);
  registerPushDiscard(push, context);
  registerPushAll(push, context);
}

async function listAll(context: CliContext, options: ListOptions): Promise<void> {
  const { state, failed = false, kind, reason, all = false, limit } = options;
  const states = state ? [state] : failed ? (['failed', 'attention'] as const) : all ? undefined : OPEN;
  const pushes = await withTenantServices(context, async (services) => {
    const integrationId = await integrationIdOf(services, options.integration);
    return services.query((tx) => listPushes(tx, { states, kind, reasonCode: reason, integrationId }, limit + 1));
  });
  listSome(context.output, pushes, COLUMNS, { limit, whenEmpty: 'Nothing is on its way to a PSA.' });
}

async function viewOne(context: CliContext, recordId: string, integration: string | undefined): Promise<void> {
  await withTenantServices(context, async (services) => {
    const integrationId = await integrationIdOf(services, integration);
    const pushes = await services.query((tx) => pushesOfRecord(tx, { recordId, integrationId }));
    if (context.output.json) {
      context.output.data(
        pushes.map((one) => ({ ...one, page: pageOf(context, services, one) })),
        '',
      );
    } else for (const one of pushes) show(context, services, one);
  });
}

function show(context: CliContext, services: TenantServices, push: PushView): void {
  const { reasonCode } = push;
  context.output.view(push, [
    ['record', `${push.recordId} (${push.kind})`],
    ['name', push.name],
    ['integration', push.integration],
    ['state', push.state],
    ['reason', reasonCode],
    ['because', push.reason],
    ['way out', reasonCode && WHY_PUSH[reasonCode].wayOut],
    ['fields', push.fields.join(', ')],
    ['waits for', push.waitsFor && `record ${push.waitsFor}`],
    ['asked for by', push.author ?? push.origin],
    ['asked for', push.requestedAt],
    ['attempts', push.attempts],
    ['settled', push.settledAt],
    ['retried by', push.retriedBy],
    ['retried', push.retriedAt],
    ['workflow', pageOf(context, services, push)],
  ]);
}

/** Where the Temporal UI shows its workflow, if there is or was one. */
function pageOf(context: CliContext, { tenantId, tenantKey }: TenantServices, push: PushView): string {
  const input = pushInputOf({ ...push, tenantId, tenantKey, integrationKey: push.integration });
  return workflowPage(temporalUi(context.settings), pushWorkflowId(input));
}
