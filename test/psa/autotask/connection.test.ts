import { describe, expect, it } from 'vitest';
import { autotask } from '../../../psa/autotask/index.ts';

const ENTERED = { userName: 'key@ACME.COM', secret: 'secret', integrationCode: 'CODE' };
const originsFor = (address?: string) =>
  autotask.origins(autotask.connectionSchema.parse({ ...ENTERED, ...(address !== undefined && { address }) }));

describe('connecting', () => {
  it('needs no address: Autotask itself knows where every customer is, and any of its hosts may answer', () => {
    expect(originsFor()).toEqual(['https://*.autotask.net']);
    expect(originsFor('')).toEqual(['https://*.autotask.net']);
    expect(originsFor('webservices5.autotask.net')).toEqual(['https://*.autotask.net']);
  });

  it('goes nowhere else from any other address', () => {
    expect(originsFor('http://127.0.0.1:8080')).toEqual(['http://127.0.0.1:8080']);
    expect(originsFor('https://autotask.net.evil.example/ATServicesRest/')).toEqual([
      'https://autotask.net.evil.example',
    ]);
  });

  it.each([
    'https://user:pass@example.com',
    'https://example.com/other',
    'ftp://example.com',
    'https://example.com/?a=1',
  ])('refuses the address %s', (address) => {
    const { error } = autotask.connectionSchema.safeParse({ ...ENTERED, address });
    expect(error?.issues.map(({ message }) => message).join()).toContain('Address must be that of a host');
  });
});
