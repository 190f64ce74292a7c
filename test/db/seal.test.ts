import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNewest, type KeyRing, type MasterKey, open, seal } from '../../db/seal.ts';

const key = (id: string): MasterKey => ({ id, key: createSecretKey(randomBytes(32)) });
const old = key('old');
const ring: KeyRing = [key('new'), old];
const home = { tenantId: '1', integrationId: '2' };

describe('sealed credentials', () => {
  it('open to what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(open(ring, home, seal(ring, home, text))).toBe(text);
      }),
    );
  });

  it('never look the same twice, and never show what is inside', () => {
    const sealed = [seal(ring, home, 'private-key-4711'), seal(ring, home, 'private-key-4711')];
    expect(new Set(sealed).size).toBe(2);
    for (const text of sealed) expect(text).not.toContain('private-key-4711');
  });

  it('still open after the key was changed, and say that they should be sealed anew', () => {
    const before = seal([old], home, 'secret');
    expect(open(ring, home, before)).toBe('secret');
    expect(isNewest(ring, before)).toBe(false);
    expect(isNewest(ring, seal(ring, home, 'secret'))).toBe(true);
  });

  it('fail under another tenant or integration, when changed, and without their key', () => {
    const sealed = seal(ring, home, 'secret');
    expect(() => open(ring, { ...home, tenantId: '9' }, sealed)).toThrow('sealed for another integration');
    expect(() => open(ring, { ...home, integrationId: '9' }, sealed)).toThrow('sealed for another integration');
    expect(() => open(ring, home, `${sealed.slice(0, -2)}AA`)).toThrow('changed since');
    expect(() => open([key('other')], home, sealed)).toThrow('master key "new"');
  });
});
