import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts a shell script into a folder as a command. @returns its path */
export async function program(folder: string, name: string, script: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** A command that answers to `--version` as the Temporal CLI does, and does nothing else. */
export const temporalOf = (folder: string, version: string): Promise<string> =>
  program(folder, 'temporal', `echo "temporal version ${version} (Server 1.31.2, UI 2.50.1)"`);
