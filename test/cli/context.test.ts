import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createContext, type CliContext, type GlobalOptions } from '../../cli/context.ts';
import { text } from './support.ts';

const stderr = new PassThrough();

function contextOf(environment: Record<string, string>, options: GlobalOptions = {}): CliContext {
  return createContext({
    terminal: { stdin: new PassThrough(), stdout: new PassThrough(), stderr },
    argv: [],
    environment,
    signal: new AbortController().signal,
    options: () => options,
    endWith: () => undefined,
  });
}

describe('what a command works with', () => {
  it('takes the tenant from the option before the environment', () => {
    expect(contextOf({ PSA_SYNC_TENANT: 'acme' }).tenant).toBe('acme');
    expect(contextOf({ PSA_SYNC_TENANT: 'acme' }, { tenant: 'other' }).tenant).toBe('other');
  });

  it('says how to name a tenant when none is named', () => {
    expect(() => contextOf({}).tenant).toThrow(
      expect.objectContaining({ exit: 'usage', message: 'No tenant is named.' }) as Error,
    );
  });

  it('reads the settings only when they are needed, and warns of misspelt ones once', () => {
    const context = contextOf({ PSA_SYNC_TENNANT: 'acme', PSA_SYNC_HEALTH_PORT: '81' });
    expect(text(stderr)).toBe('');
    expect([context.settings.healthPort, context.settings.healthPort]).toEqual([81, 81]);
    expect(text(stderr).match(/did you mean PSA_SYNC_TENANT\?/g)).toHaveLength(1);
  });
});
