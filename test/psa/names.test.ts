import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { adapters } from '../../psa/registry.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Source folders that work with any PSA; `psa/` and `simulator/` have a folder for each. */
const NEUTRAL = [
  'activities',
  'bench',
  'cli',
  'client',
  'db',
  'domain',
  'settings',
  'worker',
  'workflows',
  'test/support',
];

/** What is measured of one PSA stands in a folder of its own, as elsewhere. */
const OWN = /^bench\/psas\//;

/** Provider keys and titles, however they are written. */
const NAMES = new RegExp(
  adapters
    .flatMap(({ provider, title }) => [provider, title])
    .map((name) => name.replaceAll(/[^a-z]+/gi, '[^a-z]?'))
    .join('|'),
  'i',
);

describe('the name of a PSA', () => {
  it('stands in its own folders and the registry, and nowhere else in the source', () => {
    const files = NEUTRAL.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    ).filter((file) => file.endsWith('.ts') && !OWN.test(file));
    const named = files.flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (NAMES.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    );
    expect(files.length).toBeGreaterThan(300);
    expect(named).toEqual([]);
  });
});
