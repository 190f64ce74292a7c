import type { Command } from 'commander';
import { demoAdapter } from '../../psa/registry.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';

/** The simulator has options and a help of its own, because it shares no code with the rest: everything is handed on. */
export function registerSimulator(program: Command, context: CliContext): void {
  const command = program
    .command('simulator')
    .description('run a simulated PSA (see `psa-sync simulator --help`)')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async () => {
      const { runSimulator } = await import('../../simulator/main.ts');
      const given = context.argv.slice(context.argv.indexOf('simulator') + 1);
      if (context.output.json && !given.includes('--json')) given.push('--json'); // as with every other command
      const code = await runSimulator(given);
      context.endWith(code === 0 ? 'done' : code === 2 ? 'usage' : 'failed');
    });
  examples(command, [`psa-sync simulator ${demoAdapter.provider} --port 8500`, 'a made-up MSP to connect to']);
}
