// Everything that is checked without running the code: `npm run check`. All of it runs, also after a failure.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDERS = [
  ...['activities', 'bench', 'cli', 'client', 'db', 'domain', 'psa'],
  ...['settings', 'simulator', 'test', 'worker', 'workflows'],
].filter((folder) => existsSync(`${ROOT}/${folder}`));

const CHECKS = [
  { what: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { what: 'lint', command: 'eslint', args: ['.'] },
  { what: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { what: 'import arrows', command: 'depcruise', args: ['--output-type', 'err', ...FOLDERS] },
  { what: 'dead code', command: 'knip', args: [] },
];

const failed = CHECKS.filter(({ what, command, args }) => {
  const startedAt = Date.now();
  const { status } = spawnSync(`${ROOT}/node_modules/.bin/${command}`, args, { cwd: ROOT, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${what} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  return status !== 0;
});
process.exitCode = failed.length > 0 ? 1 : 0;
