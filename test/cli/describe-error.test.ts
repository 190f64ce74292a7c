import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { CliError } from '../../cli/cli-error.ts';
import { describeError } from '../../cli/describe-error.ts';
import { TemporalUnreachable } from '../../client/temporal/connect.ts';
import { PsaError } from '../../psa/errors.ts';
import { SettingsError } from '../../settings/settings-error.ts';

const coded = (code: string | number, message = 'went wrong') => Object.assign(new Error(message), { code });

describe('an error on the command line', () => {
  it.each([
    ['a refusal of ours', new CliError('rejects', 'Some were set aside.'), 'rejects'],
    ['a wrong setting', new SettingsError(['X is wrong']), 'usage'],
    [
      'a PSA that refuses the credentials',
      new PsaError('unauthorized', 'no', { retry: 'never', scope: 'integration' }),
      'credentials',
    ],
    [
      'a PSA that is away',
      new PsaError('unreachable', 'no', { retry: 'backoff', scope: 'integration' }),
      'unreachable',
    ],
    ['a PSA that refuses a record', new PsaError('refused', 'no', { retry: 'never', scope: 'record' }), 'failed'],
    ['a wrong Postgres password', coded('28P01'), 'credentials'],
    ['a Temporal server that is away', coded(14), 'unreachable'],
    ['a Temporal address where nothing listens', new TemporalUnreachable('no'), 'unreachable'],
    ['a full disk', coded('53100'), 'failed'],
    ['a cause deeper down', new Error('query failed', { cause: coded('ENOTFOUND') }), 'unreachable'],
    ['Ctrl-C while waiting', new DOMException('aborted', 'AbortError'), 'interrupted'],
    ['anything else', new Error('odd'), 'failed'],
    ['what is no error at all', 'odd', 'failed'],
  ] as const)('%s ends with the exit code of its own', (_what, error, exit) => {
    expect(describeError(error).exit).toBe(exit);
  });

  it.each([
    [30_000, 'in 30 s'],
    [3_500_000, 'in 59 min'],
    [undefined, 'in a moment'],
  ])('says when to try again, where the PSA asks to slow down for %s ms', (retryAfterMs, when) => {
    const options = { retry: 'at', scope: 'integration', ...(retryAfterMs && { retryAfterMs }) } as const;
    const { wayOut } = describeError(new PsaError('rate_limited', 'it asks to slow down', options));
    expect(wayOut).toContain(`Try again ${when}.`);
  });

  it('names the address that did not answer, and a way out', async () => {
    const socket = connect(1, '127.0.0.1');
    const [error] = (await once(socket, 'error')) as [Error];
    const described = describeError(error);
    expect(described).toMatchObject({ exit: 'unreachable', message: expect.stringContaining('127.0.0.1:1') as string });
    expect(described.wayOut).toContain('npm start');
  });

  it('finds the reason inside an AggregateError without a message, as Node throws it', () => {
    const error = new AggregateError([coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:5432')], '');
    expect(describeError(error)).toMatchObject({ exit: 'unreachable', message: 'connect ECONNREFUSED ::1:5432' });
  });

  it('never quotes a query with its parameters, which hold what records hold', () => {
    const query = Object.assign(new Error('Failed query: insert ... params: Jane Roe'), {
      query: 'insert',
      params: [],
    });
    query.cause = coded('23514', 'new row violates check constraint "named"');
    expect(describeError(query).message).toBe('new row violates check constraint "named"');
    delete query.cause;
    expect(describeError(query).message).not.toContain('Jane');
  });
});
