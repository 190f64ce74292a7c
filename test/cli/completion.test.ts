import { execFileSync } from 'node:child_process';
import { Argument, Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { completionScript } from '../../cli/completion.ts';

const program = new Command('psa-sync').option('--json', 'as JSON').option('--tenant <key>', "the tenant's key");
const run = program.command('run').description('runs');
run.command('list').description('list runs').option('--failed', 'only failed ones');
run
  .command('view')
  .description('view one')
  .addArgument(new Argument('<part>').choices(['counts', 'rejects']));

/** What bash offers when Tab is pressed at the end of these words; the last one is being typed. */
function offered(...words: string[]): string[] {
  const typed = ['psa-sync', ...words];
  const script = `${completionScript(program, 'bash')}
COMP_WORDS=(${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length - 1}
_psa_sync; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe('completion in bash', () => {
  it('offers the nouns and the global options first', () => {
    expect(offered('')).toEqual(['run', '--json', '--tenant']);
  });

  it('offers the verbs of a noun', () => {
    expect(offered('run', 'l')).toEqual(['list']);
  });

  it('offers the options of a verb, past options that were typed before', () => {
    expect(offered('--json', 'run', '--tenant', 'acme', 'list', '--f')).toEqual(['--failed']);
  });

  it('offers the values of a closed list', () => {
    expect(offered('run', 'view', '')).toEqual(['counts', 'rejects', '--json', '--tenant']);
  });
});

describe('completion in zsh and fish', () => {
  it('describes every word, quotes in descriptions included', () => {
    expect(completionScript(program, 'zsh')).toContain(String.raw`'--tenant:the tenant'\''s key'`);
    expect(completionScript(program, 'fish')).toContain(
      String.raw`-n '__psa_sync_at "run list"' -l failed -d 'only failed ones'`,
    );
  });
});
