import { describe, expect, it } from 'vitest';
import { connectWiseFailure, mayHaveMoved } from '../../../psa/connectwise/errors.ts';
import { LISTS } from '../../../psa/connectwise/lists.ts';

const asking = { what: 'list contacts', scope: 'page', permission: LISTS.contacts.permission } as const;
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const html = '<html><body>Attention Required! | Cloudflare</body></html>';
const tooMany = { error: 'ConnectWiseAPI', message: 'Too many requests. Please try again in 30 seconds.' };

/** As the vendor's documents and recorded traffic have them. */
const ANSWERS = [
  [400, 'Cannot route. Codebase/company is invalid', 'wrong_address', 'never', 'integration', 'company or codebase'],
  [
    401,
    { code: 'Security', message: 'SSL is required.', errors: null },
    'wrong_address',
    'never',
    'integration',
    'api-',
  ],
  [
    404,
    { code: 'ConnectWiseApi', message: 'The endpoint does not exist.' },
    'wrong_address',
    'never',
    'integration',
    'host alone',
  ],
  [404, html, 'wrong_address', 'never', 'integration', 'host alone'],
  [
    400,
    { code: 'ClientId', message: 'The clientId header is missing.' },
    'unauthorized',
    'never',
    'integration',
    'client id',
  ],
  [401, { code: 'InvalidClientId', message: 'Client ID unknown' }, 'unauthorized', 'never', 'integration', 'client id'],
  [
    401,
    { code: 'ConnectWiseApi', message: 'UserNotAuthenticated' },
    'unauthorized',
    'never',
    'integration',
    'security role',
  ],
  [401, { code: 'Unauthorized', message: '' }, 'unauthorized', 'never', 'integration', 'both keys'],
  [
    403,
    { code: 'Security', message: 'You do not have security permission.' },
    'forbidden',
    'never',
    'page',
    'Companies > Contacts, Inquire: All',
  ],
  [403, html, 'forbidden', 'never', 'page', 'a gateway in front'],
  [404, { code: 'NotFound', message: 'Contact 57919 not found' }, 'not_found', 'never', 'page', 'list contacts'],
  [400, { code: 'InvalidObject', message: 'contact object is invalid' }, 'refused', 'never', 'page', 'HTTP 400'],
  [400, { code: 'ApiFindCondition', message: 'x is not a recognized name.' }, 'refused', 'never', 'page', 'HTTP 400'],
  [405, '', 'refused', 'never', 'page', 'HTTP 405'],
  [414, html, 'refused', 'never', 'page', 'HTTP 414'],
  [429, tooMany, 'rate_limited', 'at', 'integration', 'slow down'],
  [429, html, 'rate_limited', 'at', 'integration', 'slow down'],
  [500, { code: 'ConnectWiseApi', message: 'timeout expired' }, 'server_error', 'backoff', 'page', 'HTTP 500'],
  [502, html, 'server_error', 'backoff', 'page', 'HTTP 502'],
] as const;

describe('a failed answer of ConnectWise', () => {
  it.each(ANSWERS)('%i %j is %s', (status, body, code, retry, scope, words) => {
    const error = connectWiseFailure(answer(status, body), asking);
    expect(error).toMatchObject({ code, retry, scope, status });
    expect(error.message).toContain(words);
  });

  it('keeps what the server says of fields apart from the message, because it may be personal', () => {
    const body = {
      code: 'InvalidObject',
      message: 'contact object is invalid',
      errors: [
        {
          code: 'MissingRequiredField',
          message: 'The firstName field is required.',
          resource: 'contact',
          field: 'firstName',
        },
      ],
    };
    const error = connectWiseFailure(answer(400, body, { 'x-cw-request-id': 'r-1' }), asking);
    expect(error.details).toEqual([{ field: 'firstName', message: 'The firstName field is required.' }]);
    expect(error.requestId).toBe('r-1');
    expect(error.message).not.toContain('firstName');
  });

  it.each([null, { code: 7, message: [], errors: 'none' }, { errors: null }, [], 'plain text'])(
    'reads %j without stumbling',
    (body) => {
      expect(connectWiseFailure(answer(400, body), asking)).toMatchObject({ code: 'refused', details: [] });
    },
  );

  it('names the client id only where ConnectWise does not mean a field of a record', () => {
    const body = { code: 'InvalidObject', errors: [{ code: 'InvalidField', message: 'bad', field: 'clientId' }] };
    expect(connectWiseFailure(answer(400, body), asking).code).toBe('refused');
  });

  it('of one company concerns that company only', () => {
    const parent = { ...asking, scope: 'parent' } as const;
    const body = { code: 'ConnectWiseApi', message: 'The endpoint does not exist.' };
    expect(connectWiseFailure(answer(404, body), parent)).toMatchObject({ code: 'not_found', scope: 'parent' });
    expect(connectWiseFailure(answer(403, {}), parent)).toMatchObject({ code: 'forbidden', scope: 'parent' });
    expect(connectWiseFailure(answer(429, tooMany), parent)).toMatchObject({
      code: 'rate_limited',
      scope: 'integration',
    });
  });
});

describe('a company that may have moved to another codebase', () => {
  it.each([
    [404, { code: 'ConnectWiseApi', message: 'The endpoint does not exist.' }, true],
    [404, html, true],
    [400, 'Cannot route. Codebase/company is invalid', true],
    [404, { code: 'NotFound', message: 'Company 5 not found' }, false],
    [400, { code: 'InvalidObject' }, false],
    [200, [], false],
    [500, html, false],
  ])('%i %j: %s', (status, body, expected) => {
    expect(mayHaveMoved(answer(status, body))).toBe(expected);
  });
});
