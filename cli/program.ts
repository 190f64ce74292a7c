import { Command } from 'commander';
import { demoAdapter } from '../psa/registry.ts';
import { registerApiKey } from './commands/api-key.ts';
import { registerAttention } from './commands/attention.ts';
import { registerDev } from './commands/dev.ts';
import { registerCompletion } from './commands/completion.ts';
import { registerConflict } from './commands/conflict.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerIntegration } from './commands/integration.ts';
import { registerLink } from './commands/link.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerOrphan } from './commands/orphan.ts';
import { registerPush } from './commands/push.ts';
import { registerRecord } from './commands/record.ts';
import { registerReject } from './commands/reject.ts';
import { registerReview } from './commands/review.ts';
import { registerRun } from './commands/run.ts';
import { registerSchedule } from './commands/schedule.ts';
import { registerServe } from './commands/serve.ts';
import { registerSettings } from './commands/settings.ts';
import { registerStatus } from './commands/status.ts';
import { registerSync } from './commands/sync.ts';
import { registerTenant } from './commands/tenant.ts';
import { registerType } from './commands/type.ts';
import { registerUi } from './commands/ui.ts';
import { registerSimulator } from './commands/simulator.ts';
import { registerVersion } from './commands/version.ts';
import { createContext, painter, type CliContext, type ContextSources, type GlobalOptions } from './context.ts';
import { examples, exitCodesHelp } from './help.ts';

/** One line for each noun, in the order of the help. */
const COMMANDS: readonly ((program: Command, context: CliContext) => void)[] = [
  registerDev,
  registerTenant,
  registerIntegration,
  registerSettings,
  registerType,
  registerStatus,
  registerSync,
  registerRun,
  registerSchedule,
  registerAttention,
  registerRecord,
  registerLink,
  registerPush,
  registerReview,
  registerReject,
  registerConflict,
  registerOrphan,
  registerApiKey,
  registerMigrate,
  registerDoctor,
  registerServe,
  registerUi,
  registerSimulator,
  registerCompletion,
  registerVersion,
];

/** The command line as a tree. Throws CommanderError instead of ending the process; what it prints goes to the terminal given. */
export function createProgram(sources: Omit<ContextSources, 'options'>): Command {
  const { terminal, environment } = sources;
  const paint = painter(terminal.stdout, environment);
  const program = new Command('psa-sync')
    .description('Keeps PSAs and the documentation of an MSP in step: full syncs, contact syncs and two-way pushes.')
    .option('--json', 'print data as JSON')
    .option('--yes', 'answer every question with yes')
    .option('--tenant <key>', 'tenant to work on (default: PSA_SYNC_TENANT)')
    .option('--verbose', 'show where an error comes from')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHasColors: () => terminal.stdout.isTTY === true,
      getErrHasColors: () => terminal.stderr.isTTY === true,
    })
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => paint('bold', title) })
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', exitCodesHelp());
  examples(
    program,
    [`psa-sync integration create ${demoAdapter.provider} --tenant demo`, 'connect a PSA; asks for what it needs'],
    ['psa-sync sync start --watch', 'run a full sync and look on'],
    ['psa-sync attention', 'all that waits for a person'],
  );
  const context = createContext({ ...sources, options: () => program.opts<GlobalOptions>() });
  for (const register of COMMANDS) register(program, context);
  return program;
}
