import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ALL_SETTINGS } from '../../settings/settings.ts';
import { generatedDocs } from '../../tools/generated-docs.ts';

const docs = generatedDocs();

describe('the generated pages', () => {
  it.each(Object.keys(docs))('%s is what the tables say now (else: npm run docs)', async (page) => {
    expect(await readFile(new URL(`../../${page}`, import.meta.url), 'utf8')).toBe(docs[page]);
  });

  it('list every setting', () => {
    for (const [, { env, text }] of ALL_SETTINGS)
      expect(docs['docs/settings.md']).toContain(`| \`${env}\` | ${text} |`);
  });
});
