import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { ESLint } from 'eslint';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['activities', 'cli', 'client', 'db', 'domain', 'psa', 'settings', 'simulator', 'worker', 'workflows'];

/** The rules that a tree breaks, each as "rule: from -> to". */
async function broken(baseDir: string, folders: readonly string[]): Promise<string[]> {
  const { forbidden = [], options } = await extractDepcruiseConfig(join(ROOT, '.dependency-cruiser.mjs'));
  const { output } = await cruise([...folders], { ...options, baseDir, validate: true, ruleSet: { forbidden } });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

const planted = mkdtempSync(join(tmpdir(), 'psa-sync-planted-'));
afterAll(() => rmSync(planted, { recursive: true }));

async function plant(files: Readonly<Record<string, string>>): Promise<string> {
  const baseDir = mkdtempSync(join(planted, 'tree-'));
  for (const [file, content] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    await mkdir(dirname(join(baseDir, file)), { recursive: true });
    await writeFile(join(baseDir, file), content);
  }
  return baseDir;
}

const THING = 'export const thing = 1;\n';

describe('the import arrows', () => {
  it('hold in this project', async () => {
    expect(await broken(ROOT, FOLDERS)).toEqual([]);
  });

  it.each([
    ['domain/a.ts', 'db/b', 'domain-imports-only-what-it-may'],
    ['psa/a.ts', 'db/b', 'psa-imports-only-what-it-may'],
    ['db/a.ts', 'psa/b', 'db-imports-only-what-it-may'],
    ['activities/a.ts', 'client/b', 'activities-imports-only-what-it-may'],
    ['client/a.ts', 'activities/b', 'client-imports-only-what-it-may'],
    ['client/a.ts', 'workflows/full-sync', 'client-imports-only-what-it-may'],
    ['worker/a.ts', 'client/http/b', 'worker-imports-only-what-it-may'],
    ['settings/a.ts', 'domain/b', 'settings-imports-only-what-it-may'],
    ['simulator/a.ts', 'domain/b', 'simulator-imports-only-what-it-may'],
    ['workflows/a.ts', 'activities/b', 'workflows-imports-only-what-it-may'],
    ['worker/a.ts', 'test/b', 'worker-imports-only-what-it-may'],
  ])('are caught when %s imports %s', async (from, target, rule) => {
    const tree = await plant({
      [from]: `import { thing } from '../${target}.ts';\nconsole.log(thing);\n`,
      [`${target}.ts`]: THING,
    });
    expect(await broken(tree, ['.'])).toContain(`${rule}: ${from} -> ${target}.ts`);
  });

  it('let a workflow know the types of activities, and of nothing else', async () => {
    const tree = await plant({
      'workflows/a.ts':
        "import type { A } from '../activities/b.ts';\nimport type { B } from '../db/b.ts';\nexport type C = A & B;\n",
      'activities/b.ts': 'export type A = 1;\n',
      'db/b.ts': 'export type B = 1;\n',
    });
    expect(await broken(tree, ['.'])).toEqual(['workflows-know-activities-by-type-only: workflows/a.ts -> db/b.ts']);
  });

  it('are caught when they go round', async () => {
    const tree = await plant({
      'domain/a.ts': "export { thing } from './b.ts';\n",
      'domain/b.ts': "import './a.ts';\nexport const thing = 1;\n",
    });
    expect(await broken(tree, ['.'])).toContain('no-cycles: domain/a.ts -> domain/b.ts');
  });

  it('keep SQL in db/', async () => {
    const sql = "import { sql } from 'drizzle-orm';\nexport const query = sql;\n";
    const tree = await plant({
      'activities/a.ts': sql,
      'db/a.ts': sql,
      'node_modules/drizzle-orm/package.json': '{ "name": "drizzle-orm", "version": "1.0.0", "main": "index.js" }',
      'node_modules/drizzle-orm/index.js': 'exports.sql = 1;\n',
      'package.json': '{ "dependencies": { "drizzle-orm": "1.0.0" } }',
    });
    expect(await broken(tree, ['activities', 'db'])).toEqual([
      'sql-only-in-db: activities/a.ts -> node_modules/drizzle-orm/index.js',
    ]);
  });
});

describe('the lint rules', () => {
  // Type-aware rules want files that are in the project; these are planted.
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: [
      tseslint.configs.disableTypeChecked,
      { languageOptions: { parserOptions: { projectService: false } } },
    ] as never,
  });

  const problems = async (filePath: string, code: string) => {
    const [result] = await eslint.lintText(code, { filePath: join(ROOT, filePath) });
    return result?.messages.map(({ ruleId }) => ruleId);
  };

  it.each([
    [
      'a workflow that reads files',
      'workflows/a.ts',
      "import { readFile } from 'node:fs';\nexport { readFile };\n",
      '@typescript-eslint/no-restricted-imports',
    ],
    [
      'a workflow that calls an activity',
      'workflows/a.ts',
      "import { pull } from '../activities/pull.ts';\nexport { pull };\n",
      '@typescript-eslint/no-restricted-imports',
    ],
    [
      'a workflow with a client',
      'workflows/a.ts',
      "import { Client } from '@temporalio/client';\nexport { Client };\n",
      '@typescript-eslint/no-restricted-imports',
    ],
    ['a workflow that fetches', 'workflows/a.ts', 'export const answer = fetch;\n', 'no-restricted-globals'],
    [
      'a workflow that looks at its process',
      'workflows/a.ts',
      'export const own = process;\n',
      'no-restricted-globals',
    ],
    ['a clock in domain/', 'domain/a.ts', 'export const now = () => new Date();\n', 'no-restricted-syntax'],
    ['randomness in domain/', 'domain/a.ts', 'export const some = () => Math.random();\n', 'no-restricted-syntax'],
    [
      'module-level state',
      'db/a.ts',
      'let opened = 0;\nexport const open = () => (opened += 1);\n',
      'no-restricted-syntax',
    ],
    [
      'the environment outside settings/',
      'db/a.ts',
      'export const url = process.env.DATABASE_URL;\n',
      'no-restricted-properties',
    ],
    ['printing outside cli/', 'db/a.ts', "console.log('here');\n", 'no-console'],
    ['any', 'db/a.ts', 'export const thing: any = 1;\n', '@typescript-eslint/no-explicit-any'],
    ['a file over 400 lines', 'db/a.ts', `export const many = 1;\n${'// line\n'.repeat(400)}`, 'max-lines'],
    [
      'a test that runs alone',
      'test/a.test.ts',
      "import { it } from 'vitest';\nit.only('x', () => undefined);\n",
      'no-restricted-properties',
    ],
  ])('refuse %s', async (_what, filePath, code, rule) => {
    expect(await problems(filePath, code)).toEqual([rule]);
  });

  it.each([
    [
      'the types of activities in a workflow',
      'workflows/a.ts',
      "import type { Pull } from '../activities/pull.ts';\nexport type Own = Pull;\n",
    ],
    ['assert in a workflow', 'workflows/a.ts', "import { strict } from 'node:assert';\nexport { strict };\n"],
    ['the environment in settings/', 'settings/a.ts', 'export const url = process.env.DATABASE_URL;\n'],
    ['printing in cli/', 'cli/a.ts', "console.log('here');\n"],
    ['a given time in domain/', 'domain/a.ts', 'export const day = (at: string) => new Date(at);\n'],
  ])('allow %s', async (_what, filePath, code) => {
    expect(await problems(filePath, code)).toEqual([]);
  });

  it('are switched off nowhere without a reason beside it', () => {
    const sources = [...FOLDERS, 'test', 'tools', 'bench'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    );
    const bare = sources
      .filter((file) => /\.(ts|mjs)$/.test(file) && file !== 'test/architecture.test.ts')
      .filter((file) => /eslint-disable(?!.* -- \S)|@ts-(ignore|nocheck)/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(bare).toEqual([]);
  });
});
