import type { ZodType } from 'zod';

/** What a person needs to know of a setting; rendered into docs/settings.md. */
export interface SettingText {
  readonly text: string;
  /** Unit of a number, in the plural. */
  readonly unit?: string;
  /** A valid value, shown in the docs and in error messages. */
  readonly example?: string;
  /** Never printed: not in an error, not in a log. */
  readonly secret?: boolean;
}

/** One environment variable: how its text is read, and how it is explained. */
export interface Setting<T> extends SettingText {
  readonly env: string;
  readonly schema: ZodType<T, string>;
  /** Used when the variable is unset or blank; written as the variable would be. */
  readonly default?: string;
}

export type SettingGroup = Readonly<Record<string, Setting<unknown>>>;

/** The values of a group, by key. */
export type ValuesOf<G> = { readonly [K in keyof G]: G[K] extends Setting<infer T> ? T : never };

/** A setting with a default always has a value; without one it may be undefined. */
export function setting<T>(
  env: string,
  schema: ZodType<T, string>,
  text: SettingText & { readonly default: string },
): Setting<T> & { readonly default: string };
export function setting<T>(env: string, schema: ZodType<T, string>, text: SettingText): Setting<T | undefined>;
export function setting<T>(env: string, schema: ZodType<T, string>, text: SettingText): Setting<T | undefined> {
  return { env, schema, ...text };
}
