import { Option } from 'commander';
import { countArgument } from './arguments.ts';
import type { Column, Output } from './output.ts';

const DEFAULT_LIMIT = 100;

/** How many rows a list shows at most; ask the database for one more, so that `listSome` knows. */
export function limitOption(): Option {
  return new Option('--limit <count>', 'show so many at most').argParser(countArgument).default(DEFAULT_LIMIT);
}

/** A list that was cut at a limit says so. */
export function listSome<T>(
  output: Output,
  rows: readonly T[],
  columns: readonly Column<T>[],
  { limit, whenEmpty }: { readonly limit: number; readonly whenEmpty: string },
): void {
  output.list(rows.slice(0, limit), columns, whenEmpty);
  if (rows.length > limit) output.say(`There are more than ${limit}: narrow it down, or raise --limit.`);
}
