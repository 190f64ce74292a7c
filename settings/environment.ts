import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { COMMAND_LINE } from './settings-table.ts';
import { ALL_SETTINGS } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** File in the data folder through which a running `npm start` tells other terminals where it is. */
export const STACK_ENV_FILE = 'stack.env';

/**
 * The environment of this process: the only place that reads process.env. Where it names neither a database nor a
 * Temporal server, the running embedded stack fills in what is unset. Never half of it: a database from here with a
 * Temporal server from there would mix two installations.
 */
export function readEnvironment(own: Environment = process.env): Environment {
  if (own['DATABASE_URL'] || own['TEMPORAL_ADDRESS']) return own;
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value));
  return { ...readStackFile(own), ...given };
}

/** What was set for this process alone, for the command that starts the stack itself: a file of a killed stack must not count. */
export function ownEnvironment(): Environment {
  return process.env;
}

/** Values that must never be printed: secret settings, and passwords inside addresses. */
export function secretValues(environment: Environment): string[] {
  return ALL_SETTINGS.filter(([, { secret }]) => secret)
    .map(([, { env }]) => environment[env])
    .flatMap((value) => (value ? [value, password(value)] : []))
    .filter((value) => value !== undefined);
}

function readStackFile(own: Environment): Environment {
  const { env, schema, default: standard } = COMMAND_LINE.dataDir;
  const folder = schema.parse(own[env] || standard);
  try {
    return parseEnv(readFileSync(join(folder, STACK_ENV_FILE), 'utf8'));
  } catch {
    return {}; // nothing runs here
  }
}

function password(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  return decodeURIComponent(new URL(address).password) || undefined;
}
