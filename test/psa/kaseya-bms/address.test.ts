import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../psa/kaseya-bms/address.ts';

describe('the address of an installation', () => {
  it.each([
    ['bms.kaseya.com', 'https://api.bms.kaseya.com', '/v2'],
    ['https://bmsemea.kaseya.com/', 'https://api.bmsemea.kaseya.com', '/v2'],
    ['api.vorexlogin.com', 'https://api.vorexlogin.com', '/v2'],
    ['https://api.psa.pulseway.com/v2/', 'https://api.psa.pulseway.com', '/v2'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', '/v2'],
    ['bms.example.com:8443', 'https://bms.example.com:8443', '/v2'],
    ['https://proxy.example.com/bms/v2', 'https://proxy.example.com', '/bms/v2'],
  ])('%s is %s%s', (entered, origin, path) => {
    expect(parseAddress(entered)).toEqual({ origin, path });
  });

  it.each(['not a host', 'https://user:secret@bms.kaseya.com', 'bms.kaseya.com/?x=1'])('refuses %s', (entered) => {
    expect(() => parseAddress(entered)).toThrow(/enter/u);
  });
});
