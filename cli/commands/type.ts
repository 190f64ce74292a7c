import type { Command } from 'commander';
import { TYPES } from '../../client/operate/ticked-lists.ts';
import type { CliContext } from '../context.ts';
import { registerLookups } from '../lookup-commands.ts';

export function registerType(program: Command, context: CliContext): void {
  registerLookups(program, context, { ...TYPES, sample: 'Client' });
}
