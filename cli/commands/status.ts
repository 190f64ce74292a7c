import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { registerLookups } from '../lookup-commands.ts';

export function registerStatus(program: Command, context: CliContext): void {
  registerLookups(program, context, {
    name: 'status',
    plural: 'statuses',
    sample: 'Active',
    listed: ['organization', 'configuration'],
  });
}
