import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { type Finding, look, ok } from '../doctor/finding.ts';
import { lookAtApi } from '../doctor/look-at-api.ts';
import { lookAtIntegrations } from '../doctor/look-at-integrations.ts';
import { lookAtNode } from '../doctor/look-at-node.ts';
import { lookAtPostgres } from '../doctor/look-at-postgres.ts';
import { lookAtTemporal } from '../doctor/look-at-temporal.ts';
import { plural } from '../durations.ts';
import { examples } from '../help.ts';
import type { Column } from '../output.ts';
import { databaseUrl, keyRing, withServices } from '../services.ts';

const COLUMNS: readonly Column<Finding>[] = [
  { title: 'state', value: ({ state }) => state },
  { title: 'what', value: ({ what }) => what },
  { title: 'seen', value: ({ seen }) => seen },
  { title: 'way out', value: ({ wayOut }) => wayOut },
];

/** Looks at everything that a sync needs. */
export function registerDoctor(program: Command, context: CliContext): void {
  const doctor = program
    .command('doctor')
    .description('look at all that a sync needs: Node, Postgres, Temporal, keys and every integration')
    .action(() => lookAtAll(context));
  examples(
    doctor,
    ['psa-sync doctor', 'what is wrong, and the way out'],
    ['psa-sync doctor --json', 'for a monitor; ends with 1 if something fails'],
  );
}

async function lookAtAll(context: CliContext): Promise<void> {
  const { output, settings } = context;
  const node = [lookAtNode()];
  const keys = await look('master keys', async () => [ok('master keys', plural(keyRing(settings).length, 'key'))]);
  const postgres = await look(
    'Postgres',
    async () => lookAtPostgres(databaseUrl(settings)),
    startOrCorrect('DATABASE_URL'),
  );
  const temporal = await look('Temporal', async () => lookAtTemporal(settings), startOrCorrect('TEMPORAL_ADDRESS'));
  const api = await look('HTTP API', async () => lookAtApi(settings));
  // Without keys or tables there is nothing to try a PSA with.
  const integrations = [...keys, ...postgres].some(failed)
    ? []
    : await look('integrations', () => withServices(context, (services) => lookAtIntegrations(context, services)));
  const found = [...node, ...keys, ...postgres, ...temporal, ...api, ...integrations];
  const failures = found.filter(failed).length;
  output.list(found, COLUMNS, '');
  output.say(
    failures === 0
      ? 'All that a sync needs is there.'
      : `${plural(failures, 'thing has', 'things have')} to be mended.`,
  );
  if (failures > 0) context.endWith('failed');
}

const startOrCorrect = (setting: string): string =>
  `Start it, or correct ${setting} if it runs elsewhere. \`npm start\` brings one along.`;

const failed = ({ state }: Finding): boolean => state === 'fail';
