import { describe, expect, it } from 'vitest';
import { isFormOf, isHalfWritten } from '../../domain/is-form-of.ts';

const phone = (value: string, type: string | null = null, primary = false, extension: string | null = null) => ({
  ...{ value, extension, type, primary },
});

describe('what a PSA holds of what it was sent', () => {
  it('is a form of it: the same, or with its white space tidied', () => {
    expect(isFormOf('Ada', 'Ada')).toBe(true);
    expect(isFormOf('Ada Maria', ' Ada\nMaria  ')).toBe(true);
    expect(isFormOf(null, '')).toBe(true);
  });

  it('is something else: another text, another case, nothing', () => {
    expect(isFormOf('ADA', 'Ada')).toBe(false);
    expect(isFormOf('Ada', 'Adam')).toBe(false);
    expect(isFormOf(null, 'Ada')).toBe(false);
    expect(isFormOf({ psaId: '1', name: 'Ada' }, { psaId: '2', name: 'Ada' })).toBe(false);
  });

  it('may have types, a primary entry and an order of its own, where none were named', () => {
    const sent = [phone('555-01'), phone('555-02', 'cell')];
    expect(isFormOf([phone('555-02', 'Cell', true), phone('555-01', 'Direct')], sent)).toBe(true);
    expect(
      isFormOf(
        [{ value: 'a@x.test', type: 'Email', primary: true }],
        [{ value: 'a@x.test', type: null, primary: false }],
      ),
    ).toBe(true);
  });

  it('lacks what was named: an entry, a type, the primary one, an extension', () => {
    const sent = [phone('555-01', 'Direct', true, '7')];
    expect(isFormOf(sent, sent)).toBe(true);
    for (const there of [
      [],
      [phone('555-01', 'Cell', true, '7')],
      [phone('555-01', 'Direct', false, '7')],
      [phone('555-01', 'Direct', true)],
      [phone('555-09', 'Direct', true, '7')],
      [...sent, phone('555-02')],
    ])
      expect(isFormOf(there, sent)).toBe(false);
    // The same number twice is two entries.
    expect(isFormOf([phone('1'), phone('2')], [phone('1'), phone('1')])).toBe(false);
  });
});

describe('a list that is written entry by entry', () => {
  const before = [phone('1', 'Direct', true), phone('2', 'Cell')];
  const sent = [phone('2', 'Cell'), phone('3')];

  it('may be half written: some of the old, some of the new, and all that both have', () => {
    for (const there of [
      [phone('1', 'Direct', true), phone('2', 'Cell')],
      [phone('1', 'Direct'), phone('2', 'Cell'), phone('3', 'Direct', true)],
      [phone('2', 'Cell', true), phone('3', 'Direct')],
    ])
      expect(isHalfWritten(there, before, sent)).toBe(true);
    expect(isHalfWritten([phone('3', 'Direct')], null, [phone('3'), phone('4')])).toBe(true);
  });

  it('is somebody else’s doing if there is anything else, or something is gone that was to stay', () => {
    expect(isHalfWritten([...before, phone('9', 'Cell')], before, sent)).toBe(false);
    expect(isHalfWritten([phone('1', 'Direct', true), phone('3', 'Cell')], before, sent)).toBe(false);
    expect(isHalfWritten('text', before, sent)).toBe(false);
    expect(isHalfWritten(null, null, null)).toBe(false);
  });
});
