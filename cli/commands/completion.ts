import { Argument, type Command } from 'commander';
import { SHELLS, completionScript, type Shell } from '../completion.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';

export function registerCompletion(program: Command, context: CliContext): void {
  const command = program
    .command('completion')
    .description('print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>', 'the shell you use').choices(SHELLS))
    .action((shell: Shell) => context.output.data(completionScript(program, shell), completionScript(program, shell)));
  examples(
    command,
    ['psa-sync completion bash > ~/.local/share/bash-completion/completions/psa-sync', 'bash'],
    ['psa-sync completion zsh > ~/.zfunc/_psa-sync', 'zsh, with ~/.zfunc in its fpath'],
    ['psa-sync completion fish > ~/.config/fish/completions/psa-sync.fish', 'fish'],
  );
}
