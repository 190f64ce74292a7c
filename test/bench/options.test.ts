import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../bench/options.ts';

describe('npm run bench', () => {
  it('measures everything at 10,000 and 100,000 records, at 0 and 100 ms, unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({
      sizes: [10_000, 100_000],
      latenciesMs: [0, 100],
      scenarios: ['first', 'unchanged', 'changed', 'tenants', 'pushes', 'clients', 'requests'],
      psas: ['connectwise', 'autotask', 'kaseya-bms', 'vorex', 'pulseway', 'tigerpaw'],
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
