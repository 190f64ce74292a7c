import { defineConfig } from 'vitest/config';

/** Folders whose tests work on the shared Postgres and Temporal; the others run without starting them. */
const ON_THE_STACK = [
  'activities',
  'bench',
  'cli/commands',
  'client',
  'db',
  'faults',
  'oracle',
  'psa/end-to-end',
  'push',
  'workflows',
  'worker',
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    pool: 'forks', // Temporal's native part wants processes, not threads
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'plain', include: ['test/**/*.test.ts'], exclude: ON_THE_STACK },
      },
      {
        extends: true,
        test: { name: 'stack', include: ON_THE_STACK, globalSetup: 'test/support/stack.ts' },
      },
    ],
  },
});
