import { type Command, Option } from 'commander';
import { type ListedRecord, listRecords } from '../../../db/records/list-records.ts';
import { type Kind, KINDS } from '../../../domain/kinds.ts';
import type { LinkState } from '../../../domain/plan-types.ts';
import type { CliContext } from '../../context.ts';
import { examples } from '../../help.ts';
import { limitOption, listSome } from '../../list-some.ts';
import { organizationIds } from '../../organization-ids.ts';
import type { Column } from '../../output.ts';
import { withTenantServices } from '../../services.ts';

const STATES = ['live', 'orphaned', 'disabled', 'disconnected', 'error', 'unlinked'] as const satisfies readonly (
  LinkState | 'unlinked'
)[];

interface ListOptions {
  readonly kind: Kind;
  readonly organization?: string;
  readonly name?: string;
  readonly psaId?: string;
  readonly state?: (typeof STATES)[number];
  readonly limit: number;
}

const COLUMNS: readonly Column<ListedRecord>[] = [
  { title: 'id', value: ({ id }) => id, align: 'right' },
  { title: 'name', value: ({ name }) => name },
  { title: 'organization', value: ({ organization }) => organization },
  { title: 'state', value: ({ state, error }) => (error === null ? state : `${state}: ${error}`) },
  { title: 'integration', value: ({ integration }) => integration },
  { title: 'PSA id', value: ({ psaId }) => psaId, align: 'right' },
  { title: 'changed', value: ({ updatedAt }) => updatedAt },
];

export function registerRecordList(record: Command, context: CliContext): void {
  const command = record
    .command('list')
    .description('list the records of a kind, by name')
    .addOption(new Option('--kind <kind>', 'what to list').choices(KINDS).makeOptionMandatory())
    .option('--organization <id|name>', 'only inside this organization')
    .option('--name <text>', 'only with this text in the name')
    .option('--psa-id <id>', 'only the one that is, or was, linked to this PSA id')
    .addOption(new Option('--state <state>', 'only with a link in this state').choices(STATES))
    .addOption(limitOption())
    .action((options: ListOptions) => list(context, options));
  examples(
    command,
    ['psa-sync record list --kind contact --organization "Acme" --name smith', 'who is called Smith at Acme'],
    ['psa-sync record list --kind configuration --state orphaned', 'devices that the PSA does not have any more'],
    ['psa-sync record list --kind organization --psa-id 19004 --json', 'the record of a company in the PSA'],
  );
}

async function list(context: CliContext, { organization, limit, ...filter }: ListOptions): Promise<void> {
  await withTenantServices(context, async (services) => {
    const inside = organization === undefined ? {} : { organizationIds: await organizationIds(services, organization) };
    const records = await services.query((tx) => listRecords(tx, { ...filter, ...inside, limit: limit + 1 }));
    const columns = COLUMNS.filter(({ title }) => title !== 'organization' || filter.kind !== 'organization');
    listSome(context.output, records, columns, { limit, whenEmpty: `No ${filter.kind} is like that.` });
  });
}
