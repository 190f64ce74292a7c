import type { Command } from 'commander';
import { listRejects, readReject, type Reject, resolveReject } from '../../db/rejects/rejects.ts';
import { idArgument } from '../arguments.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { limitOption, listSome } from '../list-some.ts';
import type { Column } from '../output.ts';
import { withTenantServices } from '../services.ts';

const COLUMNS: readonly Column<Reject>[] = [
  { title: 'id', value: ({ id }) => id, align: 'right' },
  { title: 'run', value: ({ runId }) => runId, align: 'right' },
  { title: 'integration', value: ({ integration }) => integration },
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'what', value: whatOf },
  { title: 'reason', value: ({ reason }) => reason },
];

/** Rejects: what a run set aside with its reason. */
export function registerReject(program: Command, context: CliContext): void {
  const reject = program.command('reject').description('look at what runs could not read, and set it aside');

  const list = reject
    .command('list')
    .description('list what could not be read and has not been read since, newest first')
    .option('--run <id>', 'only of this run', idArgument)
    .option('--all', 'also what a later run has read, or an operator has set aside')
    .addOption(limitOption())
    .action((options: ListOptions) => listAll(context, options));
  examples(
    list,
    ['psa-sync reject list', 'what still is not here because it could not be read'],
    ['psa-sync reject list --run 512 --all', 'everything that one run set aside'],
  );

  const view = reject
    .command('view')
    .description('show a reject with its reason and the row as it came from the PSA')
    .argument('<id>', 'the reject', idArgument)
    .action((id: string) => viewOne(context, id));
  examples(view, ['psa-sync reject view 731', 'what exactly is wrong with it']);

  const resolve = reject
    .command('resolve')
    .description('set a reject aside; should a later run meet the same trouble, it makes a new one')
    .argument('<id>', 'the reject', idArgument)
    .action((id: string) => resolveOne(context, id));
  examples(resolve, ['psa-sync reject resolve 731', 'it is known, or was mended in the PSA']);
}

interface ListOptions {
  readonly run?: string;
  readonly all?: boolean;
  readonly limit: number;
}

async function listAll(context: CliContext, { run, all = false, limit }: ListOptions): Promise<void> {
  const filter = { runId: run, resolvedToo: all, limit: limit + 1 };
  const rejects = await withTenantServices(context, ({ query }) => query((tx) => listRejects(tx, filter)));
  const resolved = { title: 'resolved', value: ({ resolvedAt }: Reject) => resolvedAt };
  listSome(context.output, rejects, all ? [...COLUMNS, resolved] : COLUMNS, {
    limit,
    whenEmpty: 'Nothing is set aside.',
  });
}

async function viewOne(context: CliContext, id: string): Promise<void> {
  const reject = await withTenantServices(context, ({ query }) => query((tx) => readReject(tx, id)));
  context.output.view(reject, [
    ['reject', reject.id],
    ['run', reject.runId],
    ['integration', reject.integration],
    ['kind', reject.kind],
    ['what', whatOf(reject)],
    ['code', reject.code],
    ['reason', reject.reason],
    ['met', reject.createdAt],
    ['resolved', reject.resolvedAt],
    ['row', reject.raw],
  ]);
}

async function resolveOne(context: CliContext, id: string): Promise<void> {
  const reject = await withTenantServices(context, ({ query }) =>
    query(async (tx) => {
      await resolveReject(tx, id);
      return readReject(tx, id);
    }),
  );
  context.output.view(reject, [
    ['reject', reject.id],
    ['resolved', reject.resolvedAt],
  ]);
}

function whatOf({ scope, psaId }: Reject): string {
  if (scope === 'page') return 'a whole page';
  if (scope === 'parent') return `all that belongs to organization with PSA id ${psaId}`;
  return psaId === null ? 'a record without a readable id' : `PSA id ${psaId}`;
}
