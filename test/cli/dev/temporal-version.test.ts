import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cliVersion, isAtLeast, pinnedCliVersion } from '../../../cli/dev/temporal-version.ts';
import { program, temporalOf } from './support/programs.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const part = fc.nat({ max: 30 });
const version = fc.tuple(part, part, part);
const text = (parts: readonly number[]): string => parts.join('.');

describe('versions of the Temporal CLI', () => {
  it('are compared number by number', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const order = a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
        expect(isAtLeast(text(a), text(b))).toBe(order >= 0);
      }),
    );
  });

  it.each([
    ['1.10.0', '1.9.9', true],
    ['1.8.2-rc.1', '1.8.0', true],
    ['0.0.0-DEV', '1.8.0', false],
    ['spawn failed', '1.8.0', false],
  ])('%s against %s', (one, other, expected) => {
    expect(isAtLeast(one, other)).toBe(expected);
  });

  it('are read from what a binary says, and from the Go module that pins one', async () => {
    const folder = await temporaryFolder();
    expect(await cliVersion(await temporalOf(folder, '1.8.2'))).toBe('1.8.2');
    await expect(cliVersion(await program(folder, 'other', 'echo other 1.0'))).rejects.toThrow('other 1.0');
    expect(await pinnedCliVersion()).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
