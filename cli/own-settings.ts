import { changedChoices, choiceProblem, type ChoiceSort, providerChoices } from '../client/operate/provider-choices.ts';
import type { IntegrationSettings } from '../db/schema/integrations.ts';
import type { PullSetting } from '../psa/contract.ts';
import { adapterFor } from '../psa/registry.ts';
import { CliError } from './cli-error.ts';
import type { CliContext } from './context.ts';
import { withPsa } from './open-psa.ts';
import { keyRing, withTenantServices } from './services.ts';
import { openConnection } from './stored-connection.ts';

/** What one of them can be set to. */
interface Choice {
  readonly value: string;
  readonly name: string;
}

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

/** What one of them can be set to; asks the PSA where only it knows. */
export async function listChoices(
  context: CliContext,
  word: string,
  { integration: wanted }: { readonly integration?: string },
): Promise<void> {
  const { output, settings, signal } = context;
  await withTenantServices(context, async (services) => {
    const integration = await services.integration(wanted);
    const { provider } = integration;
    const { sort, name } = partsOf(isOwn(word) ? word : `push.${word}`);
    const problem = choiceProblem(provider, sort, name, null);
    if (problem !== null) throw new CliError('usage', problem);
    const choice = providerChoices(provider).find((one) => one.sort === sort && one.name === name);
    const adapter = adapterFor(provider);
    const asked = () =>
      withPsa(
        settings,
        adapter,
        openConnection(keyRing(settings), integration),
        async ({ writer }) => [...((await writer?.pushChoices(name, signal)) ?? [])],
        integration.settings.pull,
      );
    const values = choice?.values ?? (choice?.isListed ? await asked() : null);
    if (values === null) return output.say(`${choice?.label}: any text. ${choice?.hint}`);
    const columns = [
      { title: 'value', value: (row: Choice) => row.value },
      { title: 'name', value: (row: Choice) => row.name },
    ];
    output.list(values, columns, `${adapter.title} has none to choose from.`);
  });
}

function partsOf(word: string): {
  readonly sort: ChoiceSort;
  readonly name: string;
  readonly value: string | undefined;
} {
  const [, sort = 'push', name = '', value] = OWN.exec(word) ?? [];
  return { sort: sort as ChoiceSort, name, value };
}
