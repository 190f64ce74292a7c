import { type Command, Option } from 'commander';
import { pauseSchedule, resumeSchedule, triggerSchedule } from '../../client/temporal/operate-schedules.ts';
import { listSyncSchedules, type SyncSchedule } from '../../db/integrations/sync-schedules.ts';
import { RUN_JOBS, type RunJob } from '../../db/schema/runs.ts';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { mustBeReady } from '../launch-sync.ts';
import { operatorName } from '../operator-name.ts';
import { type TenantServices, withTenantServices } from '../services.ts';
import { NO_SCHEDULE, showSchedules } from '../show-schedules.ts';

interface Options {
  readonly integration?: string;
  readonly job?: RunJob;
  readonly reason?: string;
}

/** Schedules of syncs, as Temporal carries them out. What they are is set under `settings`. */
export function registerSchedule(program: Command, context: CliContext): void {
  const schedule = program
    .command('schedule')
    .description('look at the schedules of syncs, pause them, run one ahead of its time');

  const list = common(schedule.command('list'))
    .description('list the schedules with their next and last times')
    .action((options: Options) => listAll(context, options));
  examples(list, ['psa-sync schedule list', 'when the next syncs begin, and what is paused by whom']);

  const pause = common(schedule.command('pause'))
    .description('let a schedule start nothing until it is resumed')
    .option('--reason <text>', 'shown to whoever looks at it')
    .action((options: Options) => pauseThem(context, options));
  examples(
    pause,
    ['psa-sync schedule pause --reason "PSA is being updated"', 'all schedules of the integration'],
    ['psa-sync schedule pause --job contact', 'one of them'],
  );

  const resume = common(schedule.command('resume'))
    .description('end the pause of a schedule')
    .action((options: Options) => resumeThem(context, options));
  examples(resume, ['psa-sync schedule resume', 'go on']);

  const trigger = common(schedule.command('trigger'))
    .description('carry out now what a schedule would do next')
    .action((options: Options) => triggerOne(context, options));
  examples(trigger, ['psa-sync schedule trigger --job full', 'without waiting for its time']);
}

const common = (command: Command): Command =>
  command
    .option('--integration <key>', 'of one integration')
    .addOption(new Option('--job <job>', 'of one job').choices(RUN_JOBS));

async function listAll(context: CliContext, options: Options): Promise<void> {
  await withTenantServices(context, async (services) =>
    showSchedules(context, services, await chosen(services, options)),
  );
}

async function pauseThem(context: CliContext, options: Options): Promise<void> {
  const reason = options.reason === undefined ? '' : `: ${options.reason}`;
  const note = `paused by ${operatorName()}${reason}`;
  await change(context, options, (client, schedule) => pauseSchedule(client, schedule, note));
}

async function resumeThem(context: CliContext, options: Options): Promise<void> {
  const note = `resumed by ${operatorName()}`;
  await change(context, options, (client, schedule) => {
    if (!schedule.paused) return resumeSchedule(client, schedule, note);
    const key = schedule.integrationKey;
    throw new CliError(
      'failed',
      `Integration ${key} itself is paused.`,
      `\`psa-sync integration resume ${key}\` ends that.`,
    );
  });
}

type Change = (client: Awaited<ReturnType<TenantServices['temporal']>>, schedule: SyncSchedule) => Promise<boolean>;

async function change(context: CliContext, options: Options, carryOut: Change): Promise<void> {
  await withTenantServices(context, async (services) => {
    const schedules = await someChosen(services, options);
    const client = await services.temporal();
    for (const schedule of schedules) if (!(await carryOut(client, schedule))) throw notMade(schedule);
    await showSchedules(context, services, schedules);
  });
}

async function triggerOne(context: CliContext, options: Options): Promise<void> {
  await withTenantServices(context, async (services) => {
    const [schedule, another] = await someChosen(services, options);
    if (!schedule || another) throw new CliError('usage', 'Which schedule?', 'Name it with --integration and --job.');
    mustBeReady(await services.integration(schedule.integrationKey));
    if (!(await triggerSchedule(await services.temporal(), schedule))) throw notMade(schedule);
    await showSchedules(context, services, [schedule]);
    context.output.say(
      'Triggered. While another sync of the integration runs, this one is left out; `psa-sync run watch` looks on.',
    );
  });
}

const notMade = ({ integrationKey, job }: SyncSchedule): CliError =>
  new CliError(
    'failed',
    `Temporal does not have the ${job} schedule of ${integrationKey} yet.`,
    'Housekeeping makes it within minutes, where a worker runs; `psa-sync settings set` makes it at once.',
  );

async function chosen(services: TenantServices, { integration, job }: Options): Promise<SyncSchedule[]> {
  const key = integration === undefined ? undefined : (await services.integration(integration)).key;
  const all = await listSyncSchedules(services.database);
  return all.filter(
    (one) =>
      one.tenantId === services.tenantId &&
      (key === undefined || one.integrationKey === key) &&
      (job === undefined || one.job === job),
  );
}

async function someChosen(services: TenantServices, options: Options): Promise<SyncSchedule[]> {
  const { key } = await services.integration(options.integration);
  const schedules = await chosen(services, { ...options, integration: key });
  if (schedules.length > 0) return schedules;
  throw new CliError('usage', 'There is no such schedule.', NO_SCHEDULE);
}
