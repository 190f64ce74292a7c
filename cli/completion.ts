import type { Command } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script for the shell that completes this command line: its commands, options and closed lists of values. */
export function completionScript(program: Command, shell: Shell): string {
  return WRITERS[shell](words(program));
}

/** A word that may follow the commands of `path` (such as "run list"; empty at the start). */
interface Word {
  readonly path: string;
  readonly word: string;
  readonly description: string;
  readonly command: boolean;
}

function words(program: Command, command = program, path = ''): Word[] {
  const word = (name: string, description: string, isCommand = false): Word => ({
    path,
    word: name,
    description,
    command: isCommand,
  });
  return [
    ...command.commands.map((child) => word(child.name(), child.description(), true)),
    ...command.registeredArguments.flatMap(({ argChoices, description }) =>
      (argChoices ?? []).map((value) => word(value, description)),
    ),
    ...[...new Set([...command.options, ...program.options])].flatMap(({ long, description }) =>
      long ? [word(long, description)] : [],
    ),
    ...command.commands.flatMap((child) => words(program, child, `${path} ${child.name()}`.trim())),
  ];
}

const WRITERS: Readonly<Record<Shell, (words: readonly Word[]) => string>> = { bash, zsh, fish };

/** Names hold no quotes; descriptions may. */
const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function byPath(all: readonly Word[]): [string, Word[]][] {
  const paths = [...new Set(all.map(({ path }) => path))];
  return paths.map((path) => [path, all.filter((word) => word.path === path)]);
}

/** A `case` that walks the typed words down the tree, so that options and their values in between do not disturb. */
function walk(all: readonly Word[]): string {
  const steps = all
    .filter(({ command }) => command)
    .map(({ path, word }) => `      "${`${path} ${word}`.trim()}") at="$next" ;;`);
  return ['    next="${at:+$at }$typed"', '    case "$next" in', ...steps, '    esac'].join('\n');
}

function bash(all: readonly Word[]): string {
  const cases = byPath(all).map(
    ([path, list]) => `    "${path}") words=${quote(list.map(({ word }) => word).join(' '))} ;;`,
  );
  return `# bash completion for psa-sync
_psa_sync() {
  local at='' next typed words
  for typed in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
${walk(all)}
  done
  case "$at" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _psa_sync psa-sync
`;
}

function zsh(all: readonly Word[]): string {
  const cases = byPath(all).map(([path, list]) => {
    const described = list.map(({ word, description }) => quote(`${word}:${description}`)).join(' ');
    return `    "${path}") choices=(${described}) ;;`;
  });
  return `#compdef psa-sync
_psa_sync() {
  local at='' next typed
  local -a choices
  for typed in "\${(@)words[2,CURRENT-1]}"; do
${walk(all)}
  done
  case "$at" in
${cases.join('\n')}
  esac
  _describe 'psa-sync' choices
}
# Found through fpath, this file is the body of the function; sourced, it has to register it.
if [ "\${funcstack[1]}" = _psa-sync ]; then _psa_sync "$@"; else compdef _psa_sync psa-sync; fi
`;
}

function fish(all: readonly Word[]): string {
  const lines = all.map(({ path, word, description }) => {
    const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
    return `complete -c psa-sync -n '__psa_sync_at "${path}"' ${what} -d ${quote(description)}`;
  });
  const tree = all.filter(({ command }) => command).map(({ path, word }) => quote(`${path} ${word}`.trim()));
  return `# fish completion for psa-sync
function __psa_sync_at
  set -l at ''
  for typed in (commandline -opc)[2..-1]
    set -l next (string trim "$at $typed")
    contains -- "$next" ${tree.join(' ')}; and set at "$next"
  end
  test "$at" = "$argv[1]"
end
${lines.join('\n')}
`;
}
