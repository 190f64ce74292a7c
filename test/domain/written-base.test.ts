import { describe, expect, it } from 'vitest';
import { writtenBase } from '../../domain/written-base.ts';

describe('the base of a link whose write has no answer yet', () => {
  it('is what the PSA holds where that is what we sent', () => {
    const base = { title: 'Old', notes: 'Old notes' };
    expect(writtenBase(base, { title: 'Ours' }, { title: 'Ours', notes: 'Theirs' })).toEqual({
      title: 'Ours',
      notes: 'Old notes',
    });
  });

  it('is what the PSA holds where that is what we sent in a form of its own', () => {
    const phones = (type: string | null) => [{ value: '555-01', extension: null, type, primary: false }];
    expect(writtenBase({ phones: [] }, { phones: phones(null) }, { phones: phones('Direct') })).toEqual({
      phones: phones('Direct'),
    });
  });

  it('is what the PSA holds where a list is half of what we sent', () => {
    const phones = (...values: string[]) => ({
      phones: values.map((value) => ({ value, extension: null, type: 'Direct', primary: false })),
    });
    expect(writtenBase(phones('1'), phones('2'), phones('1', '2'))).toEqual(phones('1', '2'));
    expect(writtenBase(phones('1'), phones('2'), phones('1', '2', '9'))).toEqual(phones('1'));
  });

  it('is what it was where the write has not arrived, or the PSA has another value', () => {
    const base = { title: 'Old' };
    expect(writtenBase(base, { title: 'Ours' }, { title: 'Old' })).toEqual(base);
    expect(writtenBase(base, { title: 'Ours' }, { title: 'Theirs' })).toEqual(base);
  });

  it('of a cleared field is blank once the PSA has cleared it', () => {
    expect(writtenBase({ title: 'Old' }, { title: null }, { title: null })).toEqual({ title: null });
  });

  it('stays none where the next sync takes everything', () => {
    expect(writtenBase(null, { title: 'Ours' }, { title: 'Ours' })).toBeNull();
    expect(writtenBase({ title: 'Old' }, null, { title: 'New' })).toEqual({ title: 'Old' });
  });
});
