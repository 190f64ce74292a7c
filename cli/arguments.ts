import { InvalidArgumentError } from 'commander';
import { key } from '../settings/values.ts';

/** A key of a tenant or an integration, as an argument of a command. */
export function keyArgument(value: string): string {
  const read = key.safeParse(value);
  if (read.success) return read.data;
  throw new InvalidArgumentError(`A key ${read.error.issues[0]?.message ?? 'is wrong'}.`);
}

/** An id of ours. Kept as text, because it may have more digits than a number holds. */
export function idArgument(value: string): string {
  if (/^[1-9]\d{0,17}$/.test(value)) return value;
  throw new InvalidArgumentError('An id is a number, as the lists show it.');
}

export function countArgument(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number.');
}
