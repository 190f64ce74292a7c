import { styleText } from 'node:util';
import type { Environment } from '../settings/environment.ts';
import { loadSettings } from '../settings/load-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { createAsk, type Ask } from './ask.ts';
import { CliError } from './cli-error.ts';
import type { Exit } from './exit-codes.ts';
import { createOutput, type Output } from './output.ts';
import type { Paint, Screen, Terminal } from './terminal.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly verbose?: boolean;
  readonly tenant?: string;
}

/** What a command works with. Everything is made when it is first asked for, so that `--help` needs no database. */
export interface CliContext {
  readonly terminal: Terminal;
  /** The arguments as they were typed, for commands that hand them on. */
  readonly argv: readonly string[];
  /** Aborted by Ctrl-C and by SIGTERM. */
  readonly signal: AbortSignal;
  readonly settings: Settings;
  /** The tenant to work on, by --tenant or PSA_SYNC_TENANT. */
  readonly tenant: string;
  readonly output: Output;
  readonly ask: Ask;
  /** Ends with another exit code than `done`, without an error: a run with rejects. */
  endWith(exit: Exit): void;
}

export interface ContextSources {
  readonly terminal: Terminal;
  readonly argv: readonly string[];
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** Known only once the command line was read. */
  readonly options: () => GlobalOptions;
  readonly endWith: (exit: Exit) => void;
}

export function createContext({ environment, options, ...sources }: ContextSources): CliContext {
  const { terminal, signal } = sources;
  const paint = { stdout: painter(terminal.stdout, environment), stderr: painter(terminal.stderr, environment) };
  const output = once(() => createOutput({ ...terminal, json: options().json === true, paint }));
  const settings = once(() => loadSettings(environment, (text) => output().warn(text)));
  const ask = once(() => createAsk({ terminal, yes: options().yes === true, signal }));
  return {
    ...sources,
    get settings() {
      return settings();
    },
    get output() {
      return output();
    },
    get ask() {
      return ask();
    },
    get tenant() {
      const tenant = options().tenant ?? settings().tenant;
      if (tenant !== undefined) return tenant;
      throw new CliError(
        'usage',
        'No tenant is named.',
        'Add --tenant <key> or set PSA_SYNC_TENANT; `psa-sync tenant list` shows the keys.',
      );
    },
  };
}

/** Colours where a person looks at the stream; https://no-color.org turns them off. */
export function painter(screen: Screen, environment: Environment): Paint {
  const colours = screen.isTTY === true && !environment['NO_COLOR'];
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
