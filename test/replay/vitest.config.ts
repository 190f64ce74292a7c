import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run record-histories`: records fixtures from the workflows as they are; run once a release, never to mend a replay. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/replay/record-histories.ts'],
    globalSetup: 'test/support/stack.ts',
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
