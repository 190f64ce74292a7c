import { Option } from 'commander';
import type { ConnectionField, PsaAdapter } from '../psa/contract.ts';
import type { Ask } from './ask.ts';
import { CliError } from './cli-error.ts';

/** What was entered to connect a PSA, by field name. */
export type Connection = Readonly<Record<string, string>>;

/** An option for each field that may be seen; secrets are never options, because `ps` shows those. */
export function connectionOptions(fields: readonly ConnectionField[]): Option[] {
  const seen = fields.filter(({ secret }) => !secret);
  return seen.map((field) => new Option(flag(field), `${field.label}. ${hintOf(field)}`));
}

/** For the help: the secrets in the order in which they are asked for, or read from standard input. */
export function connectionText({ title, connection }: PsaAdapter): string {
  const secrets = connection.filter(({ secret }) => secret);
  const lines = secrets.map(({ label, hint }) => `  ${label}. ${hint}`);
  return `\nSecrets of ${title} are asked for, or read from standard input, a line each in this order:\n${lines.join('\n')}`;
}

/** Options for all that a script has to give, with values that somebody might enter. */
export function exampleOptions({ connection }: PsaAdapter): string {
  const given = connection.filter(({ secret, required }) => required && !secret);
  const words = given.map(({ name, example = '', presets = [] }) => {
    const value = presets[0]?.value ?? example;
    return `--${kebab(name)} ${value.includes(' ') ? `"${value}"` : value}`;
  });
  return words.join(' ');
}

/** Where to find it, and what most people enter. */
function hintOf({ hint, presets = [] }: ConnectionField): string {
  const common = presets.map(({ value, name }) => `${value} (${name})`).join(', ');
  return common === '' ? hint : `${hint} Most enter one of: ${common}.`;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const flag = ({ name }: ConnectionField): string => `--${kebab(name)} <value>`;

/** Asks for every required field that is not given; each answer is checked at once. */
export async function askConnection(
  ask: Ask,
  adapter: PsaAdapter,
  given: Readonly<Record<string, string | undefined>>,
): Promise<Connection> {
  const strange = Object.keys(given).filter((name) => !adapter.connection.some((field) => field.name === name));
  if (strange.length > 0) {
    throw new CliError(
      'usage',
      `${adapter.title} is not connected by ${strange.map((name) => `--${kebab(name)}`).join(', ')}.`,
    );
  }
  const answers: Record<string, string> = {};
  for (const field of adapter.connection) {
    const { name, label } = field;
    const hint = hintOf(field);
    const check = (answer: string) => problems(adapter, { ...answers, [name]: answer }).get(name);
    const value = given[name];
    if (value !== undefined) answers[name] = value;
    else if (!field.required) continue;
    else if (field.secret) answers[name] = await ask.secret({ label, hint, check });
    else answers[name] = await ask.text({ label, hint, option: flag(field), check });
  }
  return checkedConnection(adapter, answers);
}

/** The connection in the adapter's own spelling; a refusal names every field that is wrong. */
function checkedConnection(adapter: PsaAdapter, entered: Connection): Connection {
  const read = adapter.connectionSchema.safeParse(entered);
  if (read.success) return read.data;
  throw new CliError('usage', [...problems(adapter, entered).values()].map((problem) => `${problem}.`).join('\n'));
}

/** What is wrong with the fields, by name. */
function problems(adapter: PsaAdapter, entered: Connection): Map<string, string> {
  const { error } = adapter.connectionSchema.safeParse(entered);
  return new Map((error?.issues ?? []).reverse().map(({ path, message }) => [String(path[0]), message]));
}

/** What may be seen, and what is sealed. */
export function splitConnection(
  adapter: PsaAdapter,
  entered: Connection,
): { readonly connection: Connection; readonly secrets: Connection } {
  const secret = new Set(adapter.connection.filter((field) => field.secret).map(({ name }) => name));
  const part = (wanted: boolean) =>
    Object.fromEntries(Object.entries(entered).filter(([name]) => secret.has(name) === wanted));
  return { connection: part(false), secrets: part(true) };
}
