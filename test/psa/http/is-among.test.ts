import { describe, expect, it } from 'vitest';
import { isAmong } from '../../../psa/http/is-among.ts';

const among = (address: string, ...origins: string[]) => isAmong(new URL(address), origins);

describe('the origins of a connection', () => {
  it('are taken to the letter', () => {
    expect(among('https://psa.example.com/v1', 'https://psa.example.com')).toBe(true);
    expect(among('http://psa.example.com/v1', 'https://psa.example.com')).toBe(false);
    expect(among('https://psa.example.com:8443/v1', 'https://psa.example.com')).toBe(false);
    expect(among('https://zone1.psa.example.com/', 'https://psa.example.com')).toBe(false);
  });

  it('may be every host right below one, by the same scheme and port', () => {
    const zones = 'https://*.example.com';
    expect(among('https://zone15.example.com/', 'https://other.test', zones)).toBe(true);
    for (const address of [
      'http://zone15.example.com/',
      'https://zone15.example.com:8443/',
      'https://example.com/',
      'https://a.zone15.example.com/',
      'https://zone15.example.com.evil.test/',
      'https://evilexample.com/',
    ])
      expect(among(address, zones)).toBe(false);
  });
});
