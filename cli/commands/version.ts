import { createRequire } from 'node:module';
import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { psaSyncVersion } from '../version.ts';

/** What a bug report needs. */
export function registerVersion(program: Command, context: CliContext): void {
  const command = program
    .command('version')
    .description('print the versions of psa-sync, Node and the Temporal SDK')
    .action(() => {
      const versions = readVersions();
      context.output.view(versions, Object.entries(versions));
    });
  examples(command, ['psa-sync version', 'for a bug report']);
}

function readVersions(): Record<string, string> {
  const read = createRequire(import.meta.url);
  const versionOf = (file: string): string => (read(file) as { version: string }).version;
  return {
    'psa-sync': psaSyncVersion(),
    node: process.versions.node,
    'temporal sdk': versionOf('@temporalio/common/package.json'),
  };
}
