import type { Command } from 'commander';
import { startPushAll } from '../../../client/temporal/start-push-all.ts';
import { workflowPage } from '../../../client/temporal/ui-links.ts';
import { confirmPushPlan, planPushAll } from '../../../db/push/plan-push-all.ts';
import {
  listPlanItems,
  type PlanCount,
  type PlanItem,
  type PushPlan,
  readPushPlan,
} from '../../../db/push/read-push-plan.ts';
import { readIntegration } from '../../../db/integrations/read-integration.ts';
import { providerRules } from '../../../psa/registry.ts';
import { pushAllWorkflowId } from '../../../workflows/contracts.ts';
import { idArgument } from '../../arguments.ts';
import { CliError } from '../../cli-error.ts';
import type { CliContext } from '../../context.ts';
import { givenKindsInWords } from '../../given-kinds.ts';
import { examples } from '../../help.ts';
import { mustBeReady, warnWithoutWorker } from '../../launch-sync.ts';
import { limitOption } from '../../list-some.ts';
import type { Column } from '../../output.ts';
import { type TenantServices, withTenantServices } from '../../services.ts';
import { part, showParts } from '../../show-parts.ts';
import { temporalUi } from '../../temporal-ui.ts';

interface AllOptions {
  readonly integration?: string;
  readonly confirm?: string;
  readonly plan?: string;
  readonly limit: number;
}

const COUNTS: readonly Column<PlanCount>[] = [
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'to make', value: ({ creates }) => creates, align: 'right' },
  { title: 'to change', value: ({ updates }) => updates, align: 'right' },
];

const PROGRESS: readonly Column<PlanCount>[] = [
  ...COUNTS,
  { title: 'pushed', value: ({ pushed }) => pushed, align: 'right' },
  { title: 'on their way', value: ({ pending }) => pending, align: 'right' },
  { title: 'failed', value: ({ stopped }) => stopped, align: 'right' },
  { title: 'skipped', value: ({ skipped }) => skipped, align: 'right' },
  { title: 'still to send', value: ({ planned }) => planned, align: 'right' },
];

const ITEMS: readonly Column<PlanItem>[] = [
  { title: 'record', value: ({ recordId }) => recordId, align: 'right' },
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'name', value: ({ name }) => name },
  { title: 'what', value: ({ fields }) => (fields === null ? 'make it' : `change ${fields.join(', ')}`) },
  { title: 'state', value: ({ state, push }) => (state === 'asked' ? push : state) },
];

export function registerPushAll(push: Command, context: CliContext): void {
  const command = push
    .command('all')
    .description('show what is not in the PSA yet although two-way sync is on; once confirmed, push exactly that')
    .option('--integration <key>', 'to which integration, where there are several')
    .option('--confirm <plan>', 'push what this plan showed; refused if it would be anything else by now', idArgument)
    .option('--plan <plan>', 'show a plan again, and how far it is', idArgument)
    .addOption(limitOption())
    .action((options: AllOptions) => all(context, options));
  examples(
    command,
    ['psa-sync push all', 'a preview; nothing is sent'],
    ['psa-sync push all --confirm 4711', 'push what was shown'],
    ['psa-sync push all --plan 4711', 'how far it is'],
  );
}

async function all(context: CliContext, { confirm, plan, ...options }: AllOptions): Promise<void> {
  if (confirm !== undefined && plan !== undefined)
    throw new CliError('usage', 'Confirm a plan, or look at one?', 'Give --confirm or --plan, not both.');
  await withTenantServices(context, async (services) => {
    if (confirm !== undefined) return confirmPlan(context, services, confirm);
    if (plan !== undefined) return show(context, services, plan, options.limit, PROGRESS);
    const integration = await services.integration(options.integration);
    const id = await services.query((tx) => planPushAll(tx, integration, providerRules));
    const { records } = await show(context, services, id, options.limit, COUNTS);
    context.output.say(
      records === 0
        ? `Nothing is missing in ${integration.key}.`
        : `Nothing was sent. To push exactly this: psa-sync push all --confirm ${id}`,
    );
    const given = givenKindsInWords(integration);
    if (given !== null) context.output.say(given);
  });
}

async function show(
  { output }: CliContext,
  { query }: TenantServices,
  id: string,
  limit: number,
  columns: readonly Column<PlanCount>[],
): Promise<PushPlan> {
  const { plan, items } = await query(async (tx) => ({
    plan: await readPushPlan(tx, id),
    items: await listPlanItems(tx, id, output.json ? null : limit),
  }));
  const facts = [
    ['plan', plan.id],
    ['integration', plan.integration],
    ['state', plan.state],
    ['records', plan.records],
    ['shown', plan.createdAt],
    ['confirmed by', plan.confirmedBy],
    ['finished', plan.finishedAt],
  ] as const;
  showParts(output, { ...plan, items }, facts, [
    part('Of each kind', plan.counts, columns),
    part('Records', items, ITEMS),
  ]);
  if (items.length < plan.records) output.say(`${plan.records - items.length} more: raise --limit, or use --json.`);
  return plan;
}

async function confirmPlan(context: CliContext, services: TenantServices, planId: string): Promise<void> {
  const { output, ask, settings } = context;
  const { query, tenantId, tenantKey } = services;
  const plan = await query((tx) => readPushPlan(tx, planId));
  const integration = await query((tx) => readIntegration(tx, plan.integrationId));
  if (!integration) throw new CliError('usage', `The integration of plan ${planId} does not exist any more.`);
  mustBeReady(integration);
  await ask.confirm(`${plan.records} records will be written to ${integration.key}`);
  await query((tx) => confirmPushPlan(tx, planId, integration, providerRules));
  const { key: integrationKey, provider } = integration;
  const names = { tenantKey, integrationKey, provider };
  const page = workflowPage(temporalUi(settings), pushAllWorkflowId({ tenantId, planId, names }));
  output.view({ ...plan, state: 'confirmed', page }, [
    ['plan', planId],
    ['state', 'confirmed'],
    ['records', plan.records],
    ['workflow', page],
  ]);
  try {
    const client = await services.temporal();
    await startPushAll(client, { tenantId, planId, integrationId: integration.id, ...names });
    await warnWithoutWorker(context, client);
  } catch {
    output.warn('Temporal is away: housekeeping starts it once it is back.');
  }
}
