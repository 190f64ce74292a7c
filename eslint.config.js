import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const SOURCES = ['domain', 'psa', 'db', 'workflows', 'activities', 'client', 'worker', 'cli', 'settings', 'simulator'];
const within = (...folders) => folders.map((folder) => `${folder}/**/*.ts`);

const NO_MODULE_STATE = {
  selector:
    'Program > VariableDeclaration[kind="let"], Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]',
  message: 'Module-level state is shared by everything in the process: pass it in instead.',
};
const NO_CLOCK = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'domain/ has no clock: take the time as an argument.',
  },
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'domain/ has no clock: take the time as an argument.',
  },
  {
    selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    message: 'domain/ has no randomness: take it as an argument.',
  },
];
const READ_ENVIRONMENT = 'Settings are read in settings/ and passed in.';

/** What the Temporal sandbox takes away, or what would differ between a run and its replay. */
const NOT_IN_WORKFLOWS = [
  'process',
  'fetch',
  'crypto',
  'performance',
  'Buffer',
  'WeakRef',
  'FinalizationRegistry',
  'Intl',
  'setImmediate',
];
const IMPURE_PACKAGES = [
  'drizzle-orm',
  'postgres',
  'pino',
  'undici',
  '@temporalio/client',
  '@temporalio/worker',
  '@temporalio/activity',
  '@temporalio/testing',
];
const BUILT_INS_BUT_ASSERT = builtinModules
  .filter((name) => name !== 'assert')
  .flatMap((name) => [name, `node:${name}`]);

const UNFINISHED_TESTS = ['it', 'test', 'describe'].flatMap((object) =>
  ['only', 'skip', 'todo', 'fails'].map((property) => ({
    object,
    property,
    message: 'A test runs, always, or it is deleted.',
  })),
);

export default tseslint.config(
  { ignores: ['node_modules', '.psa-sync', 'coverage'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', 400],
      'no-console': 'error',
      eqeqeq: 'error',
      'object-shorthand': 'error',
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: READ_ENVIRONMENT }],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:process', importNames: ['env'], message: READ_ENVIRONMENT }] },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-explicit-any': ['error', { fixToUnknown: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Our objects are closures that know no `this`, made to be taken apart.
      '@typescript-eslint/unbound-method': 'off',
      // An interface that is asynchronous for one implementer is so for all of them.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: within(...SOURCES), rules: { 'no-restricted-syntax': ['error', NO_MODULE_STATE] } },
  {
    files: within('domain'),
    rules: { 'no-restricted-syntax': ['error', NO_MODULE_STATE, ...NO_CLOCK] },
  },
  {
    files: within('workflows'),
    rules: {
      'no-restricted-globals': [
        'error',
        ...NOT_IN_WORKFLOWS.map((name) => ({ name, message: 'Not in the workflow sandbox: ask an activity.' })),
      ],
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [...BUILT_INS_BUT_ASSERT, ...IMPURE_PACKAGES].map((name) => ({
            name,
            message: 'Workflow code is pure: ask an activity.',
          })),
          patterns: [
            { group: ['drizzle-orm/*'], message: 'Workflow code is pure: ask an activity.' },
            {
              group: ['**/activities/**'],
              allowTypeImports: true,
              message: 'Only the types of activities: proxyActivities calls them.',
            },
          ],
        },
      ],
    },
  },
  { files: ['cli/**/*.ts', 'simulator/main.ts', 'tools/**', 'bench/**'], rules: { 'no-console': 'off' } },
  {
    files: [...within('settings', 'simulator', 'test', 'bench'), 'tools/**', '*.config.*'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: within('test'),
    rules: {
      'no-restricted-properties': ['error', ...UNFINISHED_TESTS],
    },
  },
  // Type-aware rules need a tsconfig, and these files are outside of it.
  { files: ['**/*.{js,mjs,cjs}'], ...tseslint.configs.disableTypeChecked },
);
