import { type Command, Option } from 'commander';
import { tickedList, tickedLists } from '../client/operate/ticked-lists.ts';
import { setTicks } from '../db/integrations/change-settings.ts';
import type { Integration } from '../db/integrations/read-integration.ts';
import { countTouched, type TouchedLinks } from '../db/links/count-links.ts';
import { listLookups } from '../db/lookups/list-lookups.ts';
import type { Kind } from '../domain/kinds.ts';
import { CliError } from './cli-error.ts';
import type { CliContext } from './context.ts';
import { plural } from './durations.ts';
import { examples } from './help.ts';
import { findRows, LISTED_COLUMNS, type ListedRow, type Noun } from './lookup-rows.ts';
import { offerSync } from './offer-sync.ts';
import { refreshLookups } from './refresh-lookups.ts';
import { type TenantServices, withTenantServices } from './services.ts';

interface Options {
  readonly kind?: Kind;
  readonly integration?: string;
  readonly refresh?: boolean;
  readonly all?: boolean;
  readonly sync?: boolean;
}

/** `type` and `status`: the lists whose ticked rows let PSA records in. */
export function registerLookups(program: Command, context: CliContext, noun: Noun): void {
  const { name, plural: rows, sample } = noun;
  const group = program.command(name).description(`see and tick the ${rows} that let PSA records in`);

  const list = common(group.command('list'))
    .description(`list the PSA's ${rows} and which are ticked`)
    .addOption(new Option('--kind <kind>', `${rows} of one kind`).choices(noun.listed))
    .action((options: Options) => listRows(context, noun, options));
  examples(
    list,
    [`psa-sync ${name} list --kind organization`, 'what can be ticked'],
    [`psa-sync ${name} list --refresh`, `ask the PSA first, after someone added a ${name} there`],
  );

  for (const ticked of [true, false]) {
    const verb = ticked ? 'tick' : 'untick';
    const command = common(group.command(verb))
      .description(ticked ? `let in what has one of these ${rows}` : `no longer let in what has one of these ${rows}`)
      .argument(`[${name}...]`, 'names, in any case, or PSA ids')
      .addOption(
        new Option('--kind <kind>', `${rows} of which kind`)
          .choices(['organization', 'configuration'])
          .makeOptionMandatory(),
      )
      .option('--all', `all ${rows} of the kind that the PSA still offers`)
      .option('--sync', 'start a full sync afterwards')
      .action((names: string[], options: Options) => setRows(context, noun, ticked, names, options));
    examples(
      command,
      [
        `psa-sync ${name} ${verb} --kind organization "${sample}"`,
        ticked ? 'by name' : 'deletes nothing; says what would be orphaned',
      ],
      [`psa-sync ${name} ${verb} --kind configuration --all --sync`, 'all of them, and sync at once'],
    );
  }
}

const common = (command: Command): Command =>
  command
    .option('--integration <key>', 'not needed where there is only one')
    .option('--refresh', 'ask the PSA for its lists first');

async function listRows(context: CliContext, noun: Noun, options: Options): Promise<void> {
  const rows = await withTenantServices(context, async (services) =>
    read(services, noun, await prepared(context, services, options), options.kind),
  );
  context.output.list(rows, LISTED_COLUMNS, `The PSA has no ${noun.plural} that we know of: --refresh asks it.`);
}

async function setRows(
  context: CliContext,
  noun: Noun,
  ticked: boolean,
  names: readonly string[],
  options: Options & { readonly kind?: Kind },
): Promise<void> {
  const { kind = 'organization', all = false, sync = false } = options;
  const { output } = context;
  if (all === names.length > 0) {
    throw new CliError('usage', `Which ${noun.plural}?`, `Name some, or give --all; not both.`);
  }
  await withTenantServices(context, async (services) => {
    const integration = await prepared(context, services, options);
    const rows = await read(services, noun, integration, kind);
    const chosen = all ? rows.filter((row) => !row.inactive || !ticked) : findRows(noun, rows, names);
    const psaIds = chosen.filter((row) => row.ticked !== ticked).map(({ psaId }) => psaId);
    const touched = await services.query(async (tx) => {
      await setTicks(tx, integration.id, tickedList(noun, integration, kind), psaIds, ticked);
      return countTouched(tx, { integrationId: integration.id, kind, field: noun.name, psaIds });
    });
    output.list(await read(services, noun, integration, kind), LISTED_COLUMNS, '');
    output.say(
      `${plural(psaIds.length, `${kind} ${noun.name}`, `${kind} ${noun.plural}`)} ${ticked ? 'ticked' : 'unticked'}.`,
    );
    if (!ticked) sayTouched(context, kind, touched);
    if (psaIds.length > 0 || sync) await offerSync(context, services, integration, sync);
  });
}

/** Unticking takes nothing away at once, and deletes nothing at all. */
function sayTouched({ output }: CliContext, kind: Kind, { records, below }: TouchedLinks): void {
  if (records === 0) return output.say('No linked record has one of these.');
  const under = below === 0 ? '' : `, and with them ${plural(below, 'record')} of theirs`;
  output.say(
    `${plural(records, `linked ${kind}`)} came in by one of these. Unless another tick lets them in, they become orphaned at the next full sync${under}: they stay here, editable, and nothing is deleted.`,
  );
}

async function prepared(
  context: CliContext,
  services: TenantServices,
  { integration: key, refresh }: Options,
): Promise<Integration> {
  const integration = await services.integration(key);
  if (refresh) await refreshLookups(context, services, integration);
  return integration;
}

async function read(
  { query }: TenantServices,
  noun: Noun,
  integration: Integration,
  kind: Kind | undefined,
): Promise<ListedRow[]> {
  const lists = tickedLists(noun, integration).filter((one) => kind === undefined || one.kind === kind);
  if (lists.length === 0) return [];
  const rows = await query((tx) =>
    listLookups(
      tx,
      integration.id,
      lists.map(({ list }) => list),
    ),
  );
  return lists.flatMap(({ kind: of, list, gated }) =>
    rows
      .filter((row) => row.list === list)
      .map(({ psaId, name, ticked, inactive }) => ({ kind: of, psaId, name, ticked: gated ? ticked : null, inactive })),
  );
}
