import { createRequire } from 'node:module';

/** This program's version. */
export function psaSyncVersion(): string {
  return (createRequire(import.meta.url)('../package.json') as { version: string }).version;
}
