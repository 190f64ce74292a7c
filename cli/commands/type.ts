import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { registerLookups } from '../lookup-commands.ts';

export function registerType(program: Command, context: CliContext): void {
  registerLookups(program, context, {
    name: 'type',
    plural: 'types',
    sample: 'Client',
    listed: ['organization', 'configuration', 'contact'],
  });
}
