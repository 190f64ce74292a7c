import type { Command } from 'commander';
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
  const api = serve
    .command('api')
    .description('answer the HTTP API')
    .action(async () => {
      const { serveApi } = await import('../api/serve-api.ts');
      await serveApi(context);
    });
  examples(api, ['psa-sync serve api', 'until Ctrl-C or SIGTERM; requests under way are answered first']);
}
