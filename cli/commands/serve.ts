import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';

/** Processes that run until they are told to stop. */
export function registerServe(program: Command, context: CliContext): void {
  const serve = program.command('serve').description('run a part of psa-sync until it is told to stop');
  const worker = serve
    .command('worker')
    .description('carry out syncs; any number of workers share the work')
    .action(async () => {
      // Temporal's native part takes a second to load, so no other command does.
      const { serveWorker } = await import('../../worker/serve.ts');
      await serveWorker(context.settings, context.signal);
    });
  examples(worker, ['psa-sync serve worker', 'until Ctrl-C or SIGTERM; the page in hand is finished first']);
  // The compose file names it already; until it is there, a container that runs it says so.
  const api = serve
    .command('api', { hidden: true })
    .description('answer the HTTP API; not in this version')
    .action(() => {
      throw new CliError(
        'usage',
        'The HTTP API is not in this version.',
        'It comes with two-way sync; until then there is the command line.',
      );
    });
  examples(api, ['psa-sync serve api', 'says that it is not there yet']);
}
