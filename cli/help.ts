import type { Command } from 'commander';
import { EXIT_CODES } from './exit-codes.ts';

/** Examples at the end of a command's help: each a command line and what it does. Every command has at least one. */
export function examples(command: Command, ...rows: readonly (readonly [line: string, does: string])[]): Command {
  return command.addHelpText(
    'after',
    `\nExamples:\n${rows.map(([line, does]) => `  # ${does}\n  $ ${line}\n`).join('')}`,
  );
}

export function exitCodesHelp(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`);
  return `\nExit codes:\n${rows.join('\n')}`;
}
