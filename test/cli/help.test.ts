import type { Command } from 'commander';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../cli/exit-codes.ts';
import { createProgram } from '../../cli/program.ts';
import { typed } from './support.ts';

const program = createProgram({
  terminal: { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() },
  environment: {},
  signal: new AbortController().signal,
  argv: [],
  endWith: () => undefined,
});

function pathsOf(command: Command, path = ''): [string, Command][] {
  return command.commands.flatMap((child) => {
    const own = `${path} ${child.name()}`.trim();
    return [[own, child] as [string, Command], ...pathsOf(child, own)];
  });
}

describe('the help', () => {
  it('lists every exit code with its meaning', async () => {
    const { code, stdout } = await typed('--help');
    expect(code).toBe(0);
    for (const exit of Object.values(EXIT_CODES)) expect(stdout).toContain(`${exit.code} `.padEnd(5) + exit.meaning);
  });

  it.each(pathsOf(program))('of `%s` says what it does and gives an example', (path, command) => {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(command.description()).toMatch(/^[a-z]/);
    if (command.commands.length === 0) expect(help).toMatch(new RegExp(`Examples:\n  # .+\n  \\$ psa-sync ${path}`));
  });
});
