import type { Command } from 'commander';
import { limitsAsNew, limitWarnings } from '../../client/operate/limit-warnings.ts';
import { needsFullSync, SYNC_SETTINGS, type SyncSetting } from '../../client/operate/sync-settings.ts';
import { changeSettings } from '../../db/integrations/change-settings.ts';
import type { Integration } from '../../db/integrations/read-integration.ts';
import { adapterFor, providerRules } from '../../psa/registry.ts';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { followSchedules } from '../follow-schedules.ts';
import { givenKindsInWords } from '../given-kinds.ts';
import { examples } from '../help.ts';
import { formOf, readChanges, settingInWords } from '../integration-settings.ts';
import { offerSync } from '../offer-sync.ts';
import { checkChosenRows, isOwn, listChoices, ownSettings, readingChanges, readOwnChanges } from '../own-settings.ts';
import { withTenantServices } from '../services.ts';

interface Options {
  readonly integration?: string;
  readonly sync?: boolean;
}

/** Sync settings of an integration. */
export function registerSettings(program: Command, context: CliContext): void {
  const settings = program.command('settings').description('see and change the sync settings of an integration');
  settings.addHelpText('after', `\nSettings:\n${SYNC_SETTINGS.map(helpLine).join('\n')}`);

  const view = settings
    .command('view')
    .description('show the sync settings')
    .option('--integration <key>', 'not needed where there is only one')
    .action(({ integration }: Options) => viewAll(context, integration));
  examples(view, ['psa-sync settings view', 'what a sync brings in, and how often one runs']);

  const set = settings
    .command('set')
    .description('change sync settings; a run in progress goes on with those it began with')
    .argument('<name=value...>', `of ${SYNC_SETTINGS.map(({ name }) => name).join(', ')}, or of the PSA's own`)
    .option('--integration <key>', 'not needed where there is only one')
    .option('--sync', 'start a full sync with the new settings')
    .action((words: string[], options: Options) => setSome(context, words, options));
  examples(
    set,
    ['psa-sync settings set contacts-sync=on --sync', 'bring in contacts, beginning now'],
    ['psa-sync settings set full-sync-every=4h contact-sync-every=30m', 'sync by schedule'],
    ['psa-sync settings set full-sync-every=off', 'no longer'],
    [
      'psa-sync settings set push.<name>=<value>',
      "one of the PSA's own, as `settings view` lists them and `settings choices` their values; empty: its default",
    ],
  );

  const choices = settings
    .command('choices')
    .description("list what one of the PSA's own settings can be set to")
    .argument('<name>', 'such as push.<name>, as `settings view` lists them')
    .option('--integration <key>', 'not needed where there is only one')
    .action((name: string, options: Options) => listChoices(context, name, options));
  examples(choices, [
    'psa-sync settings choices push.<name>',
    'asks the PSA; the values are what `settings set` takes',
  ]);
}

const helpLine = (setting: SyncSetting): string =>
  `  ${setting.name.padEnd(22)} ${setting.title}: ${setting.text}\n  ${''.padEnd(22)} ${formOf(setting)}`;

async function viewAll(context: CliContext, key: string | undefined): Promise<void> {
  await withTenantServices(context, async (services) => show(context, await services.integration(key)));
}

async function setSome(context: CliContext, words: readonly string[], options: Options): Promise<void> {
  const general = readChanges(words.filter((word) => !isOwn(word)));
  await withTenantServices(context, async (services) => {
    const integration = await services.integration(options.integration);
    const { id, key, provider, settings } = integration;
    const change = { ...general, ...readOwnChanges(provider, settings, words.filter(isOwn)) };
    if (change.twoWay && !providerRules.isTwoWay(provider))
      throw new CliError(
        'usage',
        `${adapterFor(provider).title} takes no writes, so two-way sync of ${key} stays off.`,
        'Change what comes from it over there: the next sync brings it here.',
      );
    await checkChosenRows(context, integration, words.filter(isOwn));
    await services.query((tx) => changeSettings(tx, id, change));
    await followSchedules(context, services);
    const changed = await services.integration(key);
    show(context, changed);
    const read = readingChanges(provider, settings, changed.settings);
    for (const words of read) context.output.say(words);
    const isSwitchedOn = changed.settings.twoWay && !settings.twoWay;
    if (isSwitchedOn) context.output.say(SWITCHED_ON);
    const given = isSwitchedOn || (changed.settings.twoWay && read.length > 0) ? givenKindsInWords(changed) : null;
    if (given !== null) context.output.say(given);
    if (LIMITS.some((name) => change[name] !== undefined)) sayAboveLimits(context, changed);
    if (needsFullSync(change) || options.sync) await offerSync(context, services, changed, options.sync === true);
  });
}

const LIMITS = ['requestsPerWindow', 'windowSeconds', 'requestsInFlight'] as const;

function sayAboveLimits({ output }: CliContext, { provider, settings }: Integration): void {
  const warnings = limitWarnings(provider, settings);
  for (const warning of warnings) output.say(`Warning: ${warning}`);
  if (warnings.length > 0) output.say(`New integrations begin with ${limitsAsNew(provider)}.`);
}

const SWITCHED_ON =
  'Edits are pushed from now on. What was there before is not, until it is saved: `psa-sync push all` shows what that is.';

function show({ output }: CliContext, { key, provider, settings, settingsVersion }: Integration): void {
  output.view({ integration: key, ...settings, settingsVersion }, [
    ['integration', key],
    ...SYNC_SETTINGS.map(
      (setting) => [setting.title, `${settingInWords(setting, settings)}  (${setting.name})`] as const,
    ),
    ...ownSettings(provider, settings),
  ]);
}
