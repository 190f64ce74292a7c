import { createInterface } from 'node:readline';
import { confirm, isCancel, password, text, type CANCEL_SYMBOL } from '@clack/prompts';
import { CliError } from './cli-error.ts';
import type { Terminal } from './terminal.ts';

interface Question {
  /** What a person is asked, such as "Private key". */
  readonly label: string;
  /** Where to find the answer; shown to a person only. */
  readonly hint?: string;
  /** How to answer where there is nobody to ask, such as `--company <id>`. */
  readonly option: string;
  /** What is wrong with an answer, or nothing. */
  readonly check?: (answer: string) => string | undefined;
}

/** Questions to a person. Without a terminal nothing is asked: the error then names the option to give instead. */
export interface Ask {
  text(question: Question): Promise<string>;
  /** Not shown while it is typed. Without a terminal: the next line of standard input, never an option, which `ps` would show. */
  secret(question: Omit<Question, 'option'>): Promise<string>;
  /** Goes on if a person says yes, or --yes was given; throws otherwise. */
  confirm(what: string): Promise<void>;
  /** Whether to do one thing more. Yes with --yes; no where there is nobody to ask. */
  offer(question: string): Promise<boolean>;
}

export interface AskOptions {
  readonly terminal: Terminal;
  readonly yes: boolean;
  readonly signal: AbortSignal;
}

export function createAsk({ terminal: { stdin, stderr }, yes, signal }: AskOptions): Ask {
  const interactive = stdin.isTTY === true && stderr.isTTY === true;
  const common = { input: stdin, output: stderr, signal };
  let lines: AsyncIterator<string> | undefined;

  return {
    async text({ label, hint, option, check }) {
      if (!interactive)
        throw new CliError(
          'usage',
          `${label} is missing, and there is no terminal to ask on.`,
          `Give it with ${option}.`,
        );
      return answered(await text({ ...common, message: asked(label, hint), validate: required(label, check) }));
    },
    async secret({ label, hint, check }) {
      if (interactive)
        return answered(await password({ ...common, message: asked(label, hint), validate: required(label, check) }));
      lines ??= createInterface({ input: stdin })[Symbol.asyncIterator]();
      const line = await lines.next();
      const answer = line.done ? '' : line.value.trim();
      const wrong = required(label, check)(answer);
      if (wrong)
        throw new CliError(
          'usage',
          wrong,
          'Write it to standard input, one line for each secret in the order of the help.',
        );
      return answer;
    },
    async confirm(what) {
      if (yes) return;
      if (!interactive)
        throw new CliError('usage', `${what} needs a yes, and there is no terminal to ask on.`, 'Add --yes.');
      if (!answered(await confirm({ ...common, message: `${what}. Go on?`, initialValue: false }))) throw cancelled();
    },
    async offer(question) {
      if (yes || !interactive) return yes;
      return (await confirm({ ...common, message: question, initialValue: false })) === true;
    },
  };
}

const asked = (label: string, hint: string | undefined): string => (hint === undefined ? label : `${label}. ${hint}`);

function required(label: string, check: Question['check']): (answer: string | undefined) => string | undefined {
  return (answer) => (answer?.trim() ? check?.(answer.trim()) : `${label} is missing.`);
}

function answered<T>(answer: T | typeof CANCEL_SYMBOL): T {
  if (isCancel(answer)) throw cancelled();
  return answer;
}

function cancelled(): CliError {
  return new CliError('interrupted', 'Nothing was changed.');
}
