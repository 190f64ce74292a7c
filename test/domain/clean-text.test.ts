import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../domain/clean-text.ts';

describe('text of a PSA', () => {
  it.each([
    ['stays as it is', ' Zoë 🙂\n— ', ' Zoë 🙂\n— '],
    ['loses NULs, which Postgres refuses', 'a\0b', 'ab'],
    ['gets well-formed, because jsonb refuses lone surrogates', 'a\ud800b', 'a\ufffdb'],
    ['gets one kind of line end', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['is null when blank', ' \t\r\n\0', null],
    ['is null when empty', '', null],
  ])('%s', (_what, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it('can always be stored, and cleaning twice changes nothing', () => {
    const codes = fc.array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 10, 13, 0xd83d, 0xde42)));
    fc.assert(
      fc.property(codes, (units) => {
        const text = String.fromCharCode(...units);
        const clean = cleanText(text);
        if (clean === null) {
          expect(text.replaceAll('\0', '').trim()).toBe('');
          return;
        }
        expect(clean).not.toMatch(/[\0\r]/u);
        expect(Buffer.from(clean).toString()).toBe(clean);
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });
});
