import { type Command, Option } from 'commander';
import { type CountedGroup, countGroup, listLinkGroups, moveGroup } from '../../db/links/link-groups.ts';
import { LINK_MOVES, type LinkMove } from '../../db/links/link-moves.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import type { CliContext } from '../context.ts';
import { plural } from '../durations.ts';
import { examples } from '../help.ts';
import type { Column } from '../output.ts';
import { withTenantServices } from '../services.ts';

interface ListOptions {
  readonly integration?: string;
  readonly kind?: Kind;
}

interface MoveOptions {
  readonly integration?: string;
  readonly kind: Kind;
  readonly type?: string;
  readonly status?: string;
}

const GROUPS: readonly Column<CountedGroup>[] = [
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'type', value: ({ type }) => type },
  { title: 'status', value: ({ status }) => status },
  { title: 'state', value: ({ state }) => state },
  { title: 'records', value: ({ count }) => count, align: 'right' },
];

const WORDS: Readonly<Record<LinkMove, { readonly does: string; readonly done: string }>> = {
  disable: {
    does: 'stop syncing all records of a type or status, and keep their links',
    done: 'Syncs leave them alone; `psa-sync link enable` lets them sync again.',
  },
  enable: { does: 'let disabled records sync again', done: 'The next sync brings them up to date.' },
  disconnect: {
    does: 'drop the links of all records of a type or status, and keep their data',
    done: 'Their data stays; `psa-sync link reconnect` ties them again.',
  },
  reconnect: {
    does: 'tie disconnected records again; the next sync takes every mapped field from the PSA',
    done: 'The next sync takes every mapped field from the PSA; what falls goes into the conflict log.',
  },
};

/** Links by type and status; `record disable` and its like are for one record. */
export function registerLink(program: Command, context: CliContext): void {
  const link = program.command('link').description('see which records are in step, and move many at once');
  const kinds = () => new Option('--kind <kind>', 'records of one kind').choices(KINDS);

  const list = link
    .command('list')
    .description('count links by kind, type, status and state')
    .addOption(kinds())
    .option('--integration <key>', 'not needed where there is only one')
    .action((options: ListOptions) => listGroups(context, options));
  examples(list, ['psa-sync link list --kind organization', 'what syncs, and what is orphaned or disconnected']);

  for (const name of Object.keys(LINK_MOVES) as LinkMove[]) {
    const command = link
      .command(name)
      .description(WORDS[name].does)
      .addOption(kinds().makeOptionMandatory())
      .option('--type <name>', 'only of this type, as the PSA calls it')
      .option('--status <name>', 'only of this status')
      .option('--integration <key>', 'not needed where there is only one')
      .action((options: MoveOptions) => move(context, name, options));
    examples(command, [`psa-sync link ${name} --kind organization --type Prospect`, 'after it says how many they are']);
  }
}

async function listGroups(context: CliContext, { integration: key, kind }: ListOptions): Promise<void> {
  const groups = await withTenantServices(context, async ({ query, integration }) => {
    const { id } = await integration(key);
    return query((tx) => listLinkGroups(tx, id, kind ?? null));
  });
  context.output.list(groups, GROUPS, 'Nothing is linked yet: start a sync with `psa-sync sync start`.');
}

async function move(context: CliContext, name: LinkMove, options: MoveOptions): Promise<void> {
  const { kind, type = null, status = null } = options;
  await withTenantServices(context, async ({ query, integration }) => {
    const { id: integrationId } = await integration(options.integration);
    const group = { integrationId, kind, type, status };
    const count = await query((tx) => countGroup(tx, name, group));
    if (count > 0) await context.ask.confirm(`${LINK_MOVES[name].to}: ${plural(count, kind)}`);
    const moved = count === 0 ? 0 : await query((tx) => moveGroup(tx, name, group));
    context.output.view({ kind, type, status, moved, to: LINK_MOVES[name].to }, [
      ['kind', kind],
      ['type', type],
      ['status', status],
      ['moved', moved],
      ['are now', LINK_MOVES[name].to],
    ]);
    context.output.say(
      moved === 0 ? `No ${kind} link fits: \`psa-sync link list\` shows which there are.` : WORDS[name].done,
    );
  });
}
