import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { HELP, parseOptions } from '../../bench/options.ts';

describe('npm run bench', () => {
  it('starts, with all that it takes from the tests: nothing there may ask for their runner', async () => {
    const command = ['tools/bootstrap.mjs', 'bench/main.ts', '--help'];
    const { stdout } = await promisify(execFile)(process.execPath, command);
    expect(stdout).toContain(HELP.trim());
  });

  it('measures everything at 10,000 and 100,000 records, at 0 and 100 ms, unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({
      sizes: [10_000, 100_000],
      latenciesMs: [0, 100],
      scenarios: ['first', 'unchanged', 'changed', 'tenants', 'pushes', 'clients', 'requests'],
      psas: ['connectwise', 'autotask', 'autotask-addresses', 'kaseya-bms', 'vorex', 'pulseway', 'tigerpaw'],
      edits: 1000,
      repeat: 1,
    });
  });

  it('takes sizes in any order and once, because the smallest is what the others are held against', () => {
    expect(parseOptions(['--size', '5000,1000,5000'])?.sizes).toEqual([1000, 5000]);
  });

  it('says what is wrong with what it was given', () => {
    expect(() => parseOptions(['--size', '10k'])).toThrow('--size takes whole numbers from 1');
    expect(() => parseOptions(['--size', ''])).toThrow('--size takes whole numbers from 1');
    expect(() => parseOptions(['--scenario', 'second'])).toThrow('first, unchanged, changed, tenants');
    expect(() => parseOptions(['--psa', 'halo'])).toThrow('connectwise, autotask');
    expect(() => parseOptions(['--edits', '1,2'])).toThrow('--edits takes one number');
    expect(() => parseOptions(['--sizes', '10'])).toThrow('--sizes');
  });

  it('shows its help when asked', () => {
    expect(parseOptions(['--help'])).toBeNull();
  });
});
