import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createAsk, type Ask } from '../../cli/ask.ts';

const signal = new AbortController().signal;

/** Nobody is there: standard input is a pipe. */
function piped(stdin = '', yes = false): Ask {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  streams.stdin.end(stdin);
  return createAsk({ terminal: streams, yes, signal });
}

/** A person is there and presses these keys. */
function typing(keys: string): Ask {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const stderr = Object.assign(new PassThrough().resume(), { isTTY: true, columns: 80 });
  setImmediate(() => stdin.write(keys));
  return createAsk({ terminal: { stdin, stdout: new PassThrough(), stderr }, yes: false, signal });
}

const company = { label: 'Company id', option: '--company <id>' };
const long = (answer: string): string | undefined => (answer.length < 3 ? 'Too short.' : undefined);

describe('without a terminal', () => {
  it('names the option to give instead of asking', async () => {
    await expect(piped().text(company)).rejects.toMatchObject({
      exit: 'usage',
      wayOut: 'Give it with --company <id>.',
    });
  });

  it('takes secrets from standard input, one line each', async () => {
    const ask = piped('public-key\nprivate-key\n');
    expect(await ask.secret({ label: 'Public key' })).toBe('public-key');
    expect(await ask.secret({ label: 'Private key' })).toBe('private-key');
    await expect(ask.secret({ label: 'Client id' })).rejects.toMatchObject({
      exit: 'usage',
      message: 'Client id is missing.',
    });
  });

  it('refuses a secret that cannot be right, without repeating it', async () => {
    await expect(piped('ab\n').secret({ label: 'Key', check: long })).rejects.toMatchObject({
      exit: 'usage',
      message: 'Too short.',
    });
  });

  it('goes on with --yes and refuses to guess without', async () => {
    await expect(piped('', true).confirm('Deletes all')).resolves.toBeUndefined();
    await expect(piped('yes\n').confirm('Deletes all')).rejects.toMatchObject({ exit: 'usage', wayOut: 'Add --yes.' });
  });

  it('leaves out what is only offered, unless --yes is given', async () => {
    expect(await piped('yes\n').offer('Sync now?')).toBe(false);
    expect(await piped('', true).offer('Sync now?')).toBe(true);
  });
});

describe('with a person at the terminal', () => {
  it('asks', async () => {
    expect(await typing('acme\r').text(company)).toBe('acme');
    expect(await typing('hunter2\r').secret({ label: 'Key' })).toBe('hunter2');
    await expect(typing('y').confirm('Deletes all')).resolves.toBeUndefined();
  });

  it('offers, and takes Ctrl-C for a no', async () => {
    expect(await typing('y').offer('Sync now?')).toBe(true);
    expect(await typing('n').offer('Sync now?')).toBe(false);
    expect(await typing('\u0003').offer('Sync now?')).toBe(false);
  });

  it('changes nothing after a no or Ctrl-C', async () => {
    await expect(typing('n').confirm('Deletes all')).rejects.toMatchObject({ exit: 'interrupted' });
    await expect(typing('\u0003').text(company)).rejects.toMatchObject({ exit: 'interrupted' });
  });
});
