import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../psa/connectwise/address.ts';

const CASES = [
  ['na.myconnectwise.net', 'https://na.myconnectwise.net', 'https://api-na.myconnectwise.net', null],
  ['https://eu.myconnectwise.net/', 'https://eu.myconnectwise.net', 'https://api-eu.myconnectwise.net', null],
  ['  AUS.MyConnectWise.net ', 'https://aus.myconnectwise.net', 'https://api-aus.myconnectwise.net', null],
  ['staging.connectwisedev.com', 'https://staging.connectwisedev.com', 'https://api-staging.connectwisedev.com', null],
  ['api-na.myconnectwise.net', 'https://api-na.myconnectwise.net', 'https://api-na.myconnectwise.net', null],
  [
    'sandbox-na.myconnectwise.net',
    'https://sandbox-na.myconnectwise.net',
    'https://sandbox-na.myconnectwise.net',
    null,
  ],
  ['cw.example.com', 'https://cw.example.com', 'https://cw.example.com', null],
  ['cw.example.com:8443', 'https://cw.example.com:8443', 'https://cw.example.com:8443', null],
  ['cw.example.com/v4_6_release/apis/3.0', 'https://cw.example.com', 'https://cw.example.com', 'v4_6_release/'],
  ['https://cw.example.com/v2025_1/', 'https://cw.example.com', 'https://cw.example.com', 'v2025_1/'],
  ['https://cw.example.com/apis/3.0/', 'https://cw.example.com', 'https://cw.example.com', null],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080', null],
  // With the path of the API an address is taken exactly as it is.
  [
    'https://na.myconnectwise.net/v2025_1/apis/3.0/',
    'https://na.myconnectwise.net',
    'https://na.myconnectwise.net',
    'v2025_1/',
  ],
] as const;

describe('the address of a ConnectWise', () => {
  it.each(CASES)('%s', (entered, origin, apiOrigin, codebase) => {
    expect(parseAddress(entered)).toEqual({ origin, apiOrigin, codebase });
  });

  it.each([
    ['https://na.myconnectwise.net/v4_6_release/ConnectWise.aspx', 'enter the host alone'],
    ['https://cw.example.com/v2025_1/apis/3.0/apis/3.0', 'enter the host alone'],
    ['https://cw.example.com/?company=x', 'enter the host alone'],
    ['https://user:pass@cw.example.com', 'keys have fields of their own'],
    ['ftp://cw.example.com', 'must begin with https://'],
    ['not a host', 'enter a host such as'],
    ['https://', 'enter a host such as'],
  ])('refuses %s', (entered, way) => {
    expect(() => parseAddress(entered)).toThrow(way);
  });
});
