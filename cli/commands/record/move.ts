import type { Command } from 'commander';
import { LINK_MOVES, type LinkMove } from '../../../db/links/link-moves.ts';
import { countSyncingInside, moveLink } from '../../../db/links/move-link.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import { idArgument } from '../../arguments.ts';
import type { CliContext } from '../../context.ts';
import { plural } from '../../durations.ts';
import { examples } from '../../help.ts';
import { type TenantServices, withTenantServices } from '../../services.ts';

interface MoveWords {
  readonly does: string;
  readonly example: string;
  /** What holds from now on. */
  readonly done: string;
}

const WORDS: Readonly<Record<LinkMove, MoveWords>> = {
  disable: {
    does: 'stop syncing a record and keep its link, as a rule before it is deleted',
    example: 'syncs leave the record alone from now on',
    done: 'Syncs leave it alone; `psa-sync record enable` lets it sync again.',
  },
  enable: {
    does: 'let a disabled record sync again',
    example: 'the next sync brings the record up to date',
    done: 'The next sync brings it up to date.',
  },
  disconnect: {
    does: 'drop the link of a record and keep its data',
    example: 'the record stays, and is ours alone; no sync ties it to that PSA record again',
    done: 'Its data stays; `psa-sync record reconnect` ties it again.',
  },
  reconnect: {
    does: 'tie a disconnected record again; the next sync takes every mapped field from the PSA',
    example: 'local values that fall go into the conflict log',
    done: 'The next sync takes every mapped field from the PSA; what falls goes into the conflict log.',
  },
};

interface MoveOptions {
  readonly integration?: string;
  readonly psaId?: string;
}

/** The four things that a person can do to a record's link. */
export function registerRecordMoves(record: Command, context: CliContext): void {
  for (const name of Object.keys(LINK_MOVES) as LinkMove[]) {
    const command = record
      .command(name)
      .description(WORDS[name].does)
      .argument('<id>', 'the record', idArgument)
      .option('--integration <key>', 'which integration, where the record has links to several')
      .option('--psa-id <id>', 'which link, where the record has several')
      .action((id: string, options: MoveOptions) => move(context, name, id, options));
    examples(command, [`psa-sync record ${name} 1204`, WORDS[name].example]);
  }
}

async function move(context: CliContext, name: LinkMove, id: string, options: MoveOptions): Promise<void> {
  await withTenantServices(context, async (services) => {
    const integration = options.integration === undefined ? undefined : await services.integration(options.integration);
    const { to } = LINK_MOVES[name];
    if (to !== 'live') await confirmChildren(context, services, name, id);
    const link = await services.query((tx) =>
      moveLink(tx, name, {
        recordId: id,
        ...(integration && { integrationId: integration.id }),
        ...(options.psaId !== undefined && { psaId: options.psaId }),
      }),
    );
    const { kind, psaId, state } = link;
    context.output.view({ recordId: id, kind, integration: link.integration, psaId, from: state, to }, [
      ['record', `${id} (${kind})`],
      ['link', `${link.integration} ${psaId}`],
      ['was', state],
      ['is', to],
    ]);
    context.output.say(WORDS[name].done);
  });
}

/** What belongs to an organization syncs only if it does. */
async function confirmChildren(context: CliContext, { query }: TenantServices, name: LinkMove, id: string) {
  const inside = await query(async (tx) => {
    const record = await findRecord(tx, id);
    return record?.kind === 'organization' ? countSyncingInside(tx, id) : 0;
  });
  if (inside === 0) return;
  await context.ask.confirm(
    `The next full sync will orphan ${plural(inside, 'record')} of this organization if you ${name} it`,
  );
}
