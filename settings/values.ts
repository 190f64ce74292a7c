import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

// Every message completes "<NAME> ..." and says what would be right: it is read by someone who just wants to start.

const PROJECT_FOLDER = fileURLToPath(new URL('..', import.meta.url));

export const text = z.string();

export const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens, at most 63 of them');

/** A path; relative ones start at the project's folder, wherever the command was typed. */
export const path = z.string().transform((value) => resolve(PROJECT_FOLDER, value));

export const hostAndPort = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^\s:/]+):\d{1,5}$/, 'must be host:port, without https://');

const YES = ['true', '1', 'yes', 'on'];
const NO = ['false', '0', 'no', 'off'];

export const flag = z
  .string()
  .toLowerCase()
  .refine((value) => YES.includes(value) || NO.includes(value), 'must be true or false')
  .transform((value) => YES.includes(value));

/** The convention of NO_COLOR: whatever is there, it counts. */
export const anything = z.string().transform(() => true);

export function url(...protocols: string[]) {
  const starts = protocols.map((protocol) => `${protocol}//`).join(' or ');
  return z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be an address that starts with ${starts}`,
    );
}

export function oneOf<const T extends string>(...values: T[]) {
  return z.enum(values, `must be one of ${values.join(', ')}`);
}

export function wholeNumber(least: number, most: number) {
  return number(/^\d+$/, 'a whole number', least, most);
}

/** Decimals are allowed, so that tests can wait for tenths. */
export function seconds(least: number, most: number) {
  return number(/^\d+(\.\d+)?$/, 'a number of seconds', least, most);
}

export const port = wholeNumber(1, 65_535);

function number(form: RegExp, what: string, least: number, most: number) {
  const message = `must be ${what} from ${least} to ${most}`;
  return z
    .string()
    .regex(form, { message, abort: true })
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}
