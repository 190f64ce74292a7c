import type { Command } from 'commander';
import { listIntegrations } from '../../db/integrations/read-integration.ts';
import { listTenantKeys } from '../../db/integrations/sync-schedules.ts';
import { createTenant, findTenantId, readTenant } from '../../db/tenants.ts';
import { adapters } from '../../psa/registry.ts';
import { keyArgument } from '../arguments.ts';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import type { Column } from '../output.ts';
import { withServices } from '../services.ts';

interface ListedTenant {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly integrations: readonly string[];
  readonly createdAt: Date;
}

const COLUMNS: readonly Column<ListedTenant>[] = [
  { title: 'key', value: ({ key }) => key },
  { title: 'name', value: ({ name }) => name },
  { title: 'integrations', value: ({ integrations }) => integrations.join(', ') },
  { title: 'since', value: ({ createdAt }) => createdAt },
];

/** Tenants: the MSPs whose records are kept apart. */
export function registerTenant(program: Command, context: CliContext): void {
  const tenant = program.command('tenant').description('create and list tenants; everything belongs to exactly one');

  const create = tenant
    .command('create')
    .description('create a tenant')
    .argument('<key>', 'short name for flags and screens: lower-case letters, digits and hyphens', keyArgument)
    .requiredOption('--name <name>', 'name of the MSP')
    .action((key: string, { name }: { name: string }) => createOne(context, key, name));
  examples(create, ['psa-sync tenant create acme --name "Acme IT"', 'then connect a PSA with --tenant acme']);

  const list = tenant
    .command('list')
    .description('list the tenants')
    .action(() => listAll(context));
  examples(list, ['psa-sync tenant list', 'the keys that --tenant takes']);
}

async function createOne(context: CliContext, key: string, name: string): Promise<void> {
  const id = await withServices(context, async ({ database }) => {
    if ((await findTenantId(database, key)) !== null) {
      throw new CliError('usage', `There is a tenant "${key}" already.`, 'Choose another key.');
    }
    return createTenant(database, { key, name });
  });
  context.output.view({ id, key, name }, [
    ['tenant', key],
    ['name', name],
  ]);
  context.output.say(`Connect its PSA: psa-sync integration create <psa> --tenant ${key}`);
  context.output.say(`<psa> is one of: ${adapters.map(({ provider }) => provider).join(', ')}.`);
}

async function listAll(context: CliContext): Promise<void> {
  const tenants = await withServices(context, async ({ database }) => {
    const listed: ListedTenant[] = [];
    for (const { id } of await database.withDirectory(listTenantKeys)) {
      const found = await database.withTenant(id, async (tx) => {
        const tenant = await readTenant(tx);
        return tenant && { tenant, integrations: await listIntegrations(tx) };
      });
      if (!found) continue; // gone since
      const { key, name, createdAt } = found.tenant;
      listed.push({
        id,
        key,
        name,
        integrations: found.integrations.map((one) => one.key),
        createdAt: new Date(createdAt),
      });
    }
    return listed;
  });
  context.output.list(tenants, COLUMNS, 'There is no tenant yet: `psa-sync tenant create` makes one.');
}
