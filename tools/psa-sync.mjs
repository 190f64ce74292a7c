#!/usr/bin/env node
// The command `psa-sync`: loads the TypeScript sources through tsx, so that there is no build step to forget.
let tsx;
try {
  tsx = await import('tsx/esm/api');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('The npm packages of psa-sync are not installed. Run `npm start` in its folder, or `npm ci`.');
  process.exit(1);
}
tsx.register();
const { main } = await import('../cli/main.ts');
await main(process.argv.slice(2));
