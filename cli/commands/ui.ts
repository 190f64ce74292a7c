import type { Command } from 'commander';
import { type ViewName, viewPage, VIEWS } from '../../client/temporal/ui-links.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { temporalUi } from '../temporal-ui.ts';

/** Addresses of views in the Temporal UI. */
export function registerUi(program: Command, context: CliContext): void {
  const ui = program.command('ui').description('print addresses of views in the Temporal UI');
  for (const name of Object.keys(VIEWS) as ViewName[]) {
    const view = ui
      .command(name)
      .description(`where the Temporal UI lists ${VIEWS[name].text}`)
      .option('--all-tenants', 'of every tenant, not only of one')
      .action(({ allTenants = false }: { allTenants?: boolean }) => {
        const page = viewPage(temporalUi(context.settings), name, allTenants ? undefined : context.tenant);
        context.output.data({ view: name, page }, page);
      });
    examples(
      view,
      [`psa-sync ui ${name} --tenant acme`, `${VIEWS[name].text}, of one tenant`],
      [`psa-sync ui ${name} --all-tenants`, 'of all'],
    );
  }
}
