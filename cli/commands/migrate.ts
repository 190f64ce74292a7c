import type { Command } from 'commander';
import { migrateDatabase, pendingMigrations } from '../../db/migrate.ts';
import type { CliContext } from '../context.ts';
import { plural } from '../durations.ts';
import { examples } from '../help.ts';
import { databaseUrl } from '../services.ts';

/** Brings the tables to the version of this program. */
export function registerMigrate(program: Command, context: CliContext): void {
  const migrate = program
    .command('migrate')
    .description('bring the database to this version; DATABASE_URL must name the login that owns the tables')
    .option('--check', 'only say whether something is missing: ends with 1 if so')
    .action(({ check = false }: { check?: boolean }) => run(context, check));
  examples(
    migrate,
    ['psa-sync migrate', 'before a new version starts; doing it twice does nothing'],
    ['psa-sync migrate --check && psa-sync serve worker', 'in a script'],
  );
}

async function run(context: CliContext, check: boolean): Promise<void> {
  const { output } = context;
  const url = databaseUrl(context.settings);
  const pending = await pendingMigrations(url);
  if (pending > 0 && !check) await migrateDatabase(url);
  output.view({ pending: check ? pending : 0, applied: check ? 0 : pending }, [
    ['migrations', pending === 0 ? 'all there' : `${plural(pending, 'migration')} ${check ? 'missing' : 'applied'}`],
  ]);
  if (check && pending > 0) {
    output.say('`psa-sync migrate` applies them.');
    context.endWith('failed');
  }
}
