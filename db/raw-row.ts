/** A row whose columns are named like the fields of `T`, as Postgres answers it: with times as text. */
export type RawRow<T> = {
  readonly [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K];
} & Record<string, unknown>;

export function dateOrNull(time: string | null): Date | null {
  return time === null ? null : new Date(time);
}
