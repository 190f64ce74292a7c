import type { Command } from 'commander';
import { STATUSES } from '../../client/operate/ticked-lists.ts';
import type { CliContext } from '../context.ts';
import { registerLookups } from '../lookup-commands.ts';

export function registerStatus(program: Command, context: CliContext): void {
  registerLookups(program, context, { ...STATUSES, sample: 'Active' });
}
