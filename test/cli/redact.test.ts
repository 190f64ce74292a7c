import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../cli/redact.ts';

describe('what is printed', () => {
  it('never holds a known secret', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9+]{6,40}$/);
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(secret, { minLength: 1 }), (before, after, secrets) => {
        const clean = redact(before + secrets.join(' ') + after, secrets);
        expect(secrets.filter((known) => clean.includes(known))).toEqual([]);
      }),
    );
  });

  it('never holds the password of an address, known or not', () => {
    expect(redact('connect to postgres://me:hunter2@db:5432/x failed', [])).toBe(
      'connect to postgres://me:***@db:5432/x failed',
    );
  });

  it('keeps words that happen to be a short password', () => {
    expect(redact('psa-sync could not start', ['psa'])).toBe('psa-sync could not start');
  });
});
