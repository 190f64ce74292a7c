import { changedChoices, choiceProblem, type ChoiceSort, providerChoices } from '../client/operate/provider-choices.ts';
import type { IntegrationSettings } from '../db/schema/integrations.ts';
import type { Integration } from '../db/integrations/read-integration.ts';
import type { Choice, PullSetting } from '../psa/contract.ts';
import { adapterFor } from '../psa/registry.ts';
import { CliError } from './cli-error.ts';
import type { CliContext } from './context.ts';
import { withPsa } from './open-psa.ts';
import { keyRing, withTenantServices } from './services.ts';
import { openConnection } from './stored-connection.ts';

type Chosen = Pick<IntegrationSettings, 'push' | 'pull'>;

const OWN = /^(push|pull)\.([^=]*)(?:=(.*))?$/s;

/** Whether a word names a setting that only some PSAs have: `push.<name>` or `pull.<name>`. */
export const isOwn = (word: string): boolean => OWN.test(word);

/** A line for each setting of the PSA's own. */
export function ownSettings(provider: string, settings: Chosen): (readonly [string, string])[] {
  return providerChoices(provider).map(({ sort, name, label, default: usual }) => {
    const chosen = settings[sort]?.[name];
    const value = chosen ?? (usual === null ? 'not chosen' : `${usual} by default`);
    return [label, `${value}  (${sort}.${name})`];
  });
}

/** Reads `push.name=value` words; nothing after the `=` is the default again. A refusal names every word that is wrong. */
export function readOwnChanges(provider: string, settings: Chosen, words: readonly string[]): Partial<Chosen> {
  const changes: Record<ChoiceSort, Record<string, string | null>> = { push: {}, pull: {} };
  const problems: string[] = [];
  for (const word of words) {
    const { sort, name, value } = partsOf(word);
    const problem = value === undefined ? `${sort}.${name} needs a value: ${sort}.${name}=...` : null;
    const chosen = value === undefined || value === '' ? null : value;
    const wrong = problem ?? choiceProblem(provider, sort, name, chosen);
    if (wrong === null) changes[sort][name] = chosen;
    else problems.push(wrong);
  }
  if (problems.length > 0) throw new CliError('usage', problems.join('\n'), '`psa-sync settings view` lists them all.');
  const changed = (sort: ChoiceSort) =>
    Object.keys(changes[sort]).length === 0 ? {} : { [sort]: changedChoices(settings[sort] ?? {}, changes[sort]) };
  return { ...changed('push'), ...changed('pull') };
}

/** What a change of what is read does to what is here; nothing where it changes nothing. */
export function readingChanges(provider: string, before: Chosen, after: Chosen): readonly string[] {
  const { pullSettings } = adapterFor(provider).capabilities;
  const chosen = ({ pull = {} }: Chosen, { name, default: usual }: PullSetting) => pull[name] ?? usual;
  return pullSettings.filter((one) => chosen(before, one) !== chosen(after, one)).map(({ change }) => change);
}

/** Looks whether the PSA has the rows that these words choose, which only it can tell. A refusal names each that it has not. */
export async function checkChosenRows(
  context: CliContext,
  integration: Integration,
  words: readonly string[],
): Promise<void> {
  const chosen = words.map(partsOf).flatMap(({ sort, name, value }) => {
    const choice = choiceOf(integration.provider, sort, name);
    return choice?.takes === 'row' && value ? [{ name, value }] : [];
  });
  if (chosen.length === 0) return;
  const missing = await withChoices(context, integration, async (choicesOf) => {
    const found = [];
    for (const { name, value } of chosen)
      if (!(await choicesOf(name)).some((row) => row.value === value)) found.push({ name, value });
    return found;
  });
  if (missing.length === 0) return;
  const { title } = adapterFor(integration.provider);
  throw new CliError(
    'usage',
    missing.map(({ name, value }) => `${title} has no ${value} to choose for push.${name}.`).join('\n'),
    missing.map(({ name }) => `\`psa-sync settings choices push.${name}\` lists what it has.`).join('\n'),
  );
}

/** What one of them can be set to; asks the PSA where only it knows. */
export async function listChoices(
  context: CliContext,
  word: string,
  { integration: wanted }: { readonly integration?: string },
): Promise<void> {
  const { output } = context;
  await withTenantServices(context, async (services) => {
    const integration = await services.integration(wanted);
    const { provider } = integration;
    const { sort, name } = partsOf(isOwn(word) ? word : `push.${word}`);
    const problem = choiceProblem(provider, sort, name, null);
    if (problem !== null) throw new CliError('usage', problem);
    const choice = choiceOf(provider, sort, name);
    if (choice?.takes === 'text' || choice?.takes === 'number')
      return output.say(`${choice.label}: any ${choice.takes}. ${choice.hint}`);
    const isRow = choice?.takes === 'row';
    const values = isRow ? await withChoices(context, integration, (ask) => ask(name)) : (choice?.takes ?? []);
    const columns = [
      { title: 'value', value: (row: Choice) => row.value },
      { title: 'name', value: (row: Choice) => row.name },
    ];
    output.list(values, columns, `${adapterFor(provider).title} has none to choose from.`);
  });
}

const choiceOf = (provider: string, sort: ChoiceSort, name: string) =>
  providerChoices(provider).find((one) => one.sort === sort && one.name === name);

/** Asks the PSA for the rows that its own settings take. */
async function withChoices<T>(
  { settings, signal }: CliContext,
  integration: Integration,
  work: (choicesOf: (name: string) => Promise<readonly Choice[]>) => Promise<T>,
): Promise<T> {
  return withPsa(
    settings,
    adapterFor(integration.provider),
    openConnection(keyRing(settings), integration),
    ({ writer }) => work(async (name) => (await writer?.pushChoices(name, signal)) ?? []),
    integration.settings.pull,
  );
}

function partsOf(word: string): {
  readonly sort: ChoiceSort;
  readonly name: string;
  readonly value: string | undefined;
} {
  const [, sort = 'push', name = '', value] = OWN.exec(word) ?? [];
  return { sort: sort as ChoiceSort, name, value };
}
