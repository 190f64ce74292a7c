import type { Command } from 'commander';
import { type ViewName, viewPage, VIEWS } from '../../client/temporal/ui-links.ts';
import type { CliContext, GlobalOptions } from '../context.ts';
import { examples } from '../help.ts';
import { temporalUi } from '../temporal-ui.ts';

/** Addresses of views in the Temporal UI; of one tenant if one is named, else of all. */
export function registerUi(program: Command, context: CliContext): void {
  const ui = program.command('ui').description('print addresses of views in the Temporal UI');
  for (const name of Object.keys(VIEWS) as ViewName[]) {
    const view = ui
      .command(name)
      .description(`where the Temporal UI lists ${VIEWS[name].text}`)
      .action(() => {
        const { settings, output } = context;
        const page = viewPage(temporalUi(settings), name, program.opts<GlobalOptions>().tenant ?? settings.tenant);
        output.data({ view: name, page }, page);
      });
    examples(
      view,
      [`psa-sync ui ${name}`, `${VIEWS[name].text}, of every tenant`],
      [`psa-sync ui ${name} --tenant acme`, 'of one'],
    );
  }
}
