import { describe, expect, it } from 'vitest';
import { askedRestMs, autotaskFailure } from '../../../psa/autotask/errors.ts';
import { PERMISSIONS } from '../../../psa/autotask/entities.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const errors = (...texts: string[]) => ({ errors: texts });
const asking = { what: 'change a contact', scope: 'record', write: true, permission: PERMISSIONS.companies } as const;
const failure = (status: number, body: unknown) => autotaskFailure(answer(status, body), asking);

describe('an answer of 500', () => {
  it('with a reason is a refusal for good, in words of ours and without the value', () => {
    const refusal = failure(500, errors('Picklist value [s3cret] does not exist for companyType'));
    expect(refusal).toMatchObject({ code: 'refused', retry: 'never', scope: 'record', mayHaveHappened: false });
    expect(refusal.message).toContain('companyType is a choice that it does not have');
    expect(refusal.message).not.toContain('s3cret');
    expect(refusal.details).toEqual([
      { field: null, message: 'Picklist value [s3cret] does not exist for companyType' },
    ]);
  });

  it.each([
    ['Value does not exist for the required field ownerResourceID', 'ownerResourceID is missing'],
    ['queueID is required', 'queueID is missing'],
    ['Reference value on field: contactID of type: Contact does not exist or is invalid.', 'contactID names a record'],
    ['contactID: Value 12345 does not exist or is invalid', 'contactID names a record'],
    ['name must be less than or equal to 50 characters', 'name is too long'],
    ['A ContactGroup already exists with Name [Gold].', 'another one has this name already'],
  ])('that says "%s" is told as "%s"', (said, told) => {
    expect(failure(500, errors(said)).message).toContain(told);
  });

  it('that is unexpected leaves it open whether something happened, and is tried again', () => {
    const fault = failure(500, errors('An unexpected error has occurred. ... Error ID: 1166'));
    expect(fault).toMatchObject({ code: 'server_error', retry: 'backoff', mayHaveHappened: true });
  });

  it('about permissions names the right that is missing', () => {
    const words = 'The logged in Resource does not have the adequate permissions to create this entity type.';
    const missing = failure(500, errors(words));
    expect(missing).toMatchObject({ code: 'forbidden', retry: 'never' });
    expect(missing.message).toContain(PERMISSIONS.companies.what);
  });

  it('that only quotes a record is about that record, whatever words are in it', () => {
    const quoting = [
      'A CompanyLocation already exists with Name [Threshold Consulting [HQ]].',
      "Conversion failed when converting varchar 'thread threshold' to data type int",
      'Picklist value [API Integration Code] does not exist for companyType',
      'contactID: Value adequate permissions does not exist or is invalid',
    ];
    for (const said of quoting) {
      expect(failure(500, errors(said))).toMatchObject({ code: 'refused', retry: 'never', scope: 'record' });
      expect(askedRestMs(answer(500, errors(said)))).toBeUndefined();
    }
  });

  it('about the integration code or the user concerns the credentials', () => {
    expect(failure(500, errors('The API integration code is invalid or missing.'))).toMatchObject({
      code: 'unauthorized',
    });
    expect(failure(500, errors('Zone information could not be determined'))).toMatchObject({ code: 'unauthorized' });
  });
});

describe('a limit', () => {
  it('of calls at once is over in a moment, that of an hour is not, and a header goes before both', () => {
    const threads = errors('The API thread threshold of 3 threads has been exceeded');
    const hour = errors('The API request threshold has been exceeded');
    expect(askedRestMs(answer(429, threads))).toBe(2_000);
    expect(askedRestMs(answer(500, threads))).toBe(2_000);
    expect(askedRestMs(answer(429, hour))).toBe(300_000);
    expect(askedRestMs(answer(429, hour, { 'retry-after': '7' }))).toBe(7_000);
    expect(askedRestMs(answer(200, hour))).toBeUndefined();
    expect(askedRestMs(answer(500, errors('name is required')))).toBeUndefined();
    expect(failure(500, threads)).toMatchObject({ code: 'rate_limited', retry: 'at', mayHaveHappened: false });
  });
});

describe('a page in HTML', () => {
  it('with 404 is maintenance, and nothing is taken for gone', () => {
    const page = autotaskFailure(answer(404, '<html></html>', { 'content-type': 'text/html' }), asking);
    expect(page).toMatchObject({ code: 'server_error', retry: 'backoff' });
  });
});
