import { describe, expect, it } from 'vitest';
import { CONNECTION_FIELDS, connectionSchema, loginOf } from '../../../psa/connectwise/connection.ts';
import { connectwise } from '../../../psa/connectwise/index.ts';

const entered = {
  address: ' na.myconnectwise.net ',
  company: ' acme_f ',
  publicKey: 'PUBLIC',
  privateKey: 'priv:ate',
  clientId: '7b0f2a8e-0000-4000-8000-000000000000',
};

const problemsOf = (changes: Record<string, unknown>) =>
  connectionSchema.safeParse({ ...entered, ...changes }).error?.issues.map(({ message }) => message) ?? [];

describe('what an operator enters for ConnectWise', () => {
  it('is taken without the blanks around it', () => {
    expect(connectionSchema.parse(entered)).toMatchObject({ address: 'na.myconnectwise.net', company: 'acme_f' });
  });

  it.each(CONNECTION_FIELDS)('needs $label', ({ name, label }) => {
    expect(problemsOf({ [name]: '  ' })).toContain(`${label} is missing`);
    expect(problemsOf({ [name]: undefined })).toEqual([`${label} is missing`]);
  });

  it('is refused by the field that is wrong, without repeating a secret', () => {
    expect(problemsOf({ address: 'https://cw.example.com/login' })[0]).toMatch(/^Address has a path/);
    expect(problemsOf({ company: 'acme+key' })).toEqual(['Company id must not hold + or /']);
    expect(problemsOf({ publicKey: 'PUBLIC:PRIVATE' })[0]).toMatch(/^Public key must not hold a colon/);
    expect(problemsOf({ privateKey: 'a\nb' })).toEqual([
      'Private key holds characters that ConnectWise never uses: copy it again',
    ]);
  });

  it('becomes the login of the API', () => {
    const login = loginOf(connectionSchema.parse(entered));
    const basic = Buffer.from('acme_f+PUBLIC:priv:ate').toString('base64');
    expect(login).toMatchObject({ company: 'acme_f', authorization: `Basic ${basic}`, clientId: entered.clientId });
  });

  it('opens the host and its sibling for the API, and nothing else', () => {
    expect(connectwise.origins(connectionSchema.parse(entered))).toEqual([
      'https://api-na.myconnectwise.net',
      'https://na.myconnectwise.net',
    ]);
    expect(connectwise.origins(connectionSchema.parse({ ...entered, address: 'cw.example.com' }))).toEqual([
      'https://cw.example.com',
    ]);
  });
});
