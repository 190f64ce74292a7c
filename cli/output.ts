import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import { idsAsNumbers } from './ids-as-numbers.ts';
import type { Paint, Screen } from './terminal.ts';

export type Cell = string | number | boolean | Date | null | undefined;

export interface Column<T> {
  readonly title: string;
  readonly value: (row: T) => Cell;
  readonly align?: 'right';
}

/** Data goes to stdout, as a table for people or as JSON for programs; words go to stderr. */
export interface Output {
  readonly json: boolean;
  /** Rows as a table. With --json all of each row, not only the columns; `whenEmpty` says what to do about having none. */
  list<T>(rows: readonly T[], columns: readonly Column<T>[], whenEmpty: string): void;
  /** One thing: its facts in lines, or with --json the thing itself. */
  view(thing: unknown, facts: readonly (readonly [label: string, value: Cell])[]): void;
  /** A text that is the data itself, such as a script or an address; with --json the value. */
  data(value: unknown, text: string): void;
  say(text: string): void;
  warn(text: string): void;
}

export interface OutputOptions {
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly json: boolean;
  readonly paint: { readonly stdout: Paint; readonly stderr: Paint };
}

export function createOutput({ stdout, stderr, json, paint }: OutputOptions): Output {
  const out = (text: string): void => void stdout.write(`${text}\n`);
  const err = (text: string): void => void stderr.write(`${text}\n`);
  const outJson = (value: unknown): void => out(JSON.stringify(value, idsAsNumbers, 2));
  return {
    json,
    list(rows, columns, whenEmpty) {
      if (json) return outJson(rows);
      if (rows.length === 0) return err(whenEmpty);
      out(table(rows, columns, paint.stdout));
    },
    view(thing, facts) {
      if (json) return outJson(thing);
      const width = Math.max(...facts.map(([label]) => label.length));
      for (const [label, value] of facts) out(`${paint.stdout('dim', label.padEnd(width))}  ${cell(value)}`);
    },
    data: (value, text) => (json ? outJson(value) : out(text)),
    say: err,
    warn: (text) => err(`${paint.stderr('yellow', 'warning:')} ${text}`),
  };
}

/** No lines and no shortening: what is seen can be copied, cut and searched. */
const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((name) => [name, '']),
);
const BARE = { ...NO_LINES, 'left-mid': '', 'right-mid': '', 'mid-mid': '', middle: '  ' };

function table<T>(rows: readonly T[], columns: readonly Column<T>[], paint: Paint): string {
  const made = new Table({
    head: columns.map(({ title }) => paint('bold', title.toUpperCase())),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    chars: BARE,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  made.push(...rows.map((row) => columns.map(({ value }) => cell(value(row)))));
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Names come from a PSA, so from strangers: what could move the cursor or hide text is taken out. */
function cell(value: Cell): string {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, 'Z');
  return stripVTControlCharacters(String(value)).replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
