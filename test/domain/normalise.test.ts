import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldMac, foldSerial, foldText } from '../../domain/normalise.ts';

/** Any text at all, and text of the characters that case folding stumbles over. */
const tricky = fc.constantFrom(
  'i',
  'I',
  'İ',
  'ı',
  '\u0307',
  '\u0323',
  'ß',
  'ẞ',
  'ς',
  'Σ',
  'α',
  '\u0345',
  'ﬁ',
  ' ',
  '\t',
);
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: tricky }));

describe('rule 5: text is compared after NFC, trimming, collapsing of white space and case folding', () => {
  it.each([
    ['Acme', ' ACME\t'],
    ['Acme  Widgets\nLtd', 'acme widgets ltd'],
    ['Acme\u00a0Widgets', 'Acme Widgets'],
    ['Café', 'CAFE\u0301'],
    ['Straße', 'STRASSE'],
    ['Straße', 'STRAẞE'],
    ['İstanbul', 'istanbul'],
    ['İSTANBUL', 'ıstanbul'],
    ['ΟΔΥΣΣΕΥΣ', 'Οδυσσευς'],
    ['Οδυσσευς', 'οδυσσευσ'],
    ['ﬁne', 'FINE'],
  ])('%j is %j', (a, b) => {
    expect(foldText(a)).toBe(foldText(b));
  });

  it.each([
    ['Acme', 'Acme Ltd'],
    ['Müller', 'Muller'],
    ['Acme', 'Ac me'],
    ['résumé', 'resume'],
  ])('%j is not %j', (a, b) => {
    expect(foldText(a)).not.toBe(foldText(b));
  });

  it('folds to the same in upper case, lower case, decomposed and with other white space', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const forms = [text.toLowerCase(), text.normalize('NFD'), ` ${text}\u3000`, text.replaceAll(' ', '\t ')];
        for (const form of forms) expect(foldText(form)).toBe(foldText(text));
      }),
    );
  });

  it('changes nothing when folded again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });

  it('folds every character to the same as its upper, lower and decomposed form', () => {
    const odd: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const char = String.fromCodePoint(code);
      const forms = [char.toUpperCase(), char.toLowerCase(), char.normalize('NFD')];
      if (forms.every((form) => form === char)) continue;
      if ([...forms, foldText(char)].some((form) => foldText(form) !== foldText(char))) odd.push(code.toString(16));
    }
    expect(odd).toEqual([]);
  });
});

describe('rule 5: MAC addresses are compared by their twelve hex digits', () => {
  const mac = fc.stringMatching(/^[0-9a-f]{12}$/u);
  const grouped = (digits: string, size: number, separator: string) =>
    (digits.match(new RegExp(`.{${String(size)}}`, 'gu')) ?? []).join(separator);

  it('reads every usual way of writing one', () => {
    const size = fc.constantFrom(2, 4, 6, 12);
    fc.assert(
      fc.property(mac, size, fc.constantFrom(':', '-', '.', ' '), fc.boolean(), (digits, n, separator, upper) => {
        const written = ` ${grouped(digits, n, separator)} `;
        expect(foldMac(upper ? written.toUpperCase() : written)).toBe(digits);
      }),
    );
  });

  it.each([
    '',
    'n/a',
    '00:1a:2b:3c:4d',
    '00:1a:2b:3c:4d:5e:6f',
    '0:1a:2b:3c:4d:5ef',
    '00:1a:2b:3c:4d:5g',
    '00:1a:2b:3c:4d:5e, 00:1a:2b:3c:4d:5f',
    '001a2b3c4d5e001a2b3c4d5f',
    '00::1a2b3c4d5e',
  ])('takes %j for none', (text) => {
    expect(foldMac(text)).toBeNull();
  });
});

describe('rule 5: serial numbers', () => {
  it('are compared without case and outer white space', () => {
    expect(foldSerial(' 5cg0123abc ')).toBe(foldSerial('5CG0123ABC'));
  });

  it('are none when blank', () => {
    expect(foldSerial(' \t')).toBeNull();
  });
});
