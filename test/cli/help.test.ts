import type { Command } from 'commander';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { adapters } from '../../psa/registry.ts';
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
  it.each(adapters)(
    'of connecting $title has a line for scripts with all that is asked for, as its PSA takes it',
    async (adapter) => {
      const { stdout } = await typed(`integration create ${adapter.provider} --help`);
      const [, options = ''] = /integration create \S+ --tenant acme (--.+) < secrets\.txt$/mu.exec(stdout) ?? [];
      const given = [...options.matchAll(/--([\w-]+) (?:"([^"]+)"|(\S+))/gu)];
      expect(given.map(([text]) => text).join(' ')).toBe(options);
      const entered = given.map(([, name = '', quoted, plain]) => [
        name.replaceAll(/-(.)/gu, (_all, letter: string) => letter.toUpperCase()),
        quoted ?? plain,
      ]);
      const secrets = adapter.connection.filter(({ secret }) => secret).map(({ name }) => [name, 'xyz']);
      const read = adapter.connectionSchema.safeParse(Object.fromEntries([...entered, ...secrets]));
      expect(read.error?.issues ?? []).toEqual([]);
    },
  );

  it('lists the PSAs to whoever asks for another one', async () => {
    const { code, stderr } = await typed('integration create connectwize');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean connectwise?');
    for (const { provider } of adapters) expect(stderr).toContain(provider);
  });

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
