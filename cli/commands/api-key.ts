import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ApiKey, NewApiKey } from '../../db/api-keys/api-key.ts';
import { createApiKey } from '../../db/api-keys/create-key.ts';
import { revokeApiKey, rotateApiKey } from '../../db/api-keys/end-key.ts';
import { listApiKeys, readApiKey } from '../../db/api-keys/list-keys.ts';
import { idArgument } from '../arguments.ts';
import type { CliContext } from '../context.ts';
import { minutesInWords, readMinutes } from '../durations.ts';
import { examples } from '../help.ts';
import type { Column } from '../output.ts';
import { withTenantServices } from '../services.ts';

/** Enough to take the new key to every script; a year is no overlap but a second key. */
const OVERLAP = '1d';
const LONGEST_OVERLAP_MINUTES = 90 * 24 * 60;

const COLUMNS: readonly Column<ApiKey>[] = [
  { title: 'id', value: ({ id }) => id, align: 'right' },
  { title: 'name', value: ({ name }) => name },
  { title: 'key', value: ({ prefix }) => `${prefix}…` },
  { title: 'may', value: mayInWords },
  { title: 'made by', value: ({ createdBy }) => createdBy },
  { title: 'made', value: ({ createdAt }) => createdAt },
  { title: 'last used', value: ({ lastUsedAt }) => lastUsedAt?.toISOString().slice(0, 10) },
  { title: 'ends', value: ({ expiresAt, revokedAt }) => revokedAt ?? expiresAt },
];

/** Keys of the HTTP API. */
export function registerApiKey(program: Command, context: CliContext): void {
  const apiKey = program.command('api-key').description('make, list and end keys of the HTTP API');

  const create = apiKey
    .command('create')
    .description('make a key for the tenant and show it, this once')
    .requiredOption('--name <name>', 'who or what uses it: the author of what it writes', nameArgument)
    .option('--read-only', 'it may read and change nothing')
    .addOption(
      new Option('--import', 'what it writes is an import, which is never pushed to a PSA').conflicts('readOnly'),
    )
    .action((options: CreateOptions) => createOne(context, options));
  examples(
    create,
    ['psa-sync api-key create --name "Ada Lovelace"', 'for the scripts of one person'],
    ['psa-sync api-key create --name reports --read-only', 'for what only reads'],
    ['psa-sync api-key create --name migration --import --json', 'for filling in old data; as JSON'],
  );

  const list = apiKey
    .command('list')
    .description('list the keys that work, newest first; never a key itself')
    .option('--all', 'also those that were revoked or have ended')
    .action(({ all = false }: { all?: boolean }) => listAll(context, all));
  examples(list, ['psa-sync api-key list', 'who has one, what it may, and on which day it was last used']);

  const rotate = apiKey
    .command('rotate')
    .description('make a key in the place of another, which goes on working for a while')
    .argument('<id>', 'the key that is to end', idArgument)
    .option('--overlap <time>', 'how long the old one still works: 30m, 4h, 7d', overlapArgument, readMinutes(OVERLAP))
    .action((id: string, { overlap }: { overlap: number }) => rotateOne(context, id, overlap));
  examples(
    rotate,
    ['psa-sync api-key rotate 1204', `the old key works for another ${OVERLAP}`],
    ['psa-sync api-key rotate 1204 --overlap 30m', 'if it may have been seen'],
  );

  const revoke = apiKey
    .command('revoke')
    .description('end a key now; running processes follow within seconds')
    .argument('<id>', 'the key', idArgument)
    .action((id: string) => revokeOne(context, id));
  examples(revoke, ['psa-sync api-key revoke 1204', 'whoever uses it gets 401 from now on']);
}

interface CreateOptions {
  readonly name: string;
  readonly readOnly?: boolean;
  readonly import?: boolean;
}

async function createOne(context: CliContext, { name, readOnly, import: isImport }: CreateOptions): Promise<void> {
  const scope = readOnly ? 'read' : 'write';
  const origin = isImport ? 'import' : 'edit';
  const made = await withTenantServices(context, ({ query }) =>
    query((tx) => createApiKey(tx, { name, scope, origin })),
  );
  showNew(context, made, { scope, origin });
}

async function rotateOne(context: CliContext, id: string, overlapMinutes: number): Promise<void> {
  const { made, old } = await withTenantServices(context, ({ query }) =>
    query(async (tx) => ({ made: await rotateApiKey(tx, id, overlapMinutes), old: await readApiKey(tx, id) })),
  );
  showNew(context, made, { scope: old.scope, origin: old.origin });
  context.output.say(`Key ${id} works for another ${minutesInWords(overlapMinutes)}.`);
}

function showNew({ output }: CliContext, made: NewApiKey, rights: Pick<ApiKey, 'scope' | 'origin'>): void {
  output.view({ ...made, ...rights }, [
    ['id', made.id],
    ['name', made.name],
    ['may', mayInWords(rights)],
    ['key', made.key],
  ]);
  output.say('The key is shown this once. Send it as the header x-api-key.');
}

async function listAll(context: CliContext, endedToo: boolean): Promise<void> {
  const keys = await withTenantServices(context, ({ query }) => query((tx) => listApiKeys(tx, { endedToo })));
  context.output.list(keys, COLUMNS, 'There is no key that works: `psa-sync api-key create` makes one.');
}

async function revokeOne(context: CliContext, id: string): Promise<void> {
  const key = await withTenantServices(context, ({ query }) => query((tx) => revokeApiKey(tx, id)));
  context.output.view(key, [
    ['id', key.id],
    ['name', key.name],
    ['revoked', key.revokedAt],
    ['by', key.revokedBy],
  ]);
}

function mayInWords({ scope, origin }: Pick<ApiKey, 'scope' | 'origin'>): string {
  if (scope === 'read') return 'read';
  return origin === 'import' ? 'read and import' : 'read and write';
}

/** It becomes an author, so it has to be readable in a history. */
function nameArgument(value: string): string {
  const name = value.trim();
  if (name !== '' && name.length <= 100 && !/\p{Cc}/u.test(name)) return name;
  throw new InvalidArgumentError('A name has 1 to 100 characters.');
}

function overlapArgument(value: string): number {
  const minutes = readMinutes(value);
  if (minutes !== undefined && minutes <= LONGEST_OVERLAP_MINUTES) return minutes;
  throw new InvalidArgumentError('A time is written as 30m, 4h or 7d, and is at most 90d.');
}
