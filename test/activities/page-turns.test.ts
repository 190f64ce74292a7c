import { describe, expect, it } from 'vitest';
import { PageTurns } from '../../activities/page-turns.ts';

/** Pages that are being written, each until it is told to end. */
function pagesOf(turns: PageTurns) {
  const open: { integration: string; end(): void; fail(): void }[] = [];
  const write = (integration: string) =>
    turns.take(
      integration,
      () =>
        new Promise<void>((resolve, reject) =>
          open.push({ integration, end: resolve, fail: () => reject(new Error()) }),
        ),
    );
  /** Whose pages are being written, once everybody who may go on has. */
  const writing = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return open.map(({ integration }) => integration).sort();
  };
  const next = (integration: string) => {
    const at = open.findIndex((page) => page.integration === integration);
    return open.splice(at, 1)[0]!;
  };
  return { write, writing, next };
}

describe('turns at writing pages', () => {
  it('let an integration that is alone write as many at once as it reads', async () => {
    const { write, writing, next } = pagesOf(new PageTurns());
    const written = ['a', 'a', 'a'].map(write);
    expect(await writing()).toEqual(['a', 'a', 'a']);
    for (const _ of written) next('a').end();
    await Promise.all(written);
  });

  it('go one by one while another is at work, which never waits for more than its own', async () => {
    const turns = new PageTurns();
    const { write, writing, next } = pagesOf(turns);
    turns.announce('small');
    const written = ['large', 'large', 'large'].map(write);
    expect(await writing()).toEqual(['large']);
    written.push(write('small'));
    expect(await writing()).toEqual(['large', 'small']);
    for (let left = 3; left > 0; left -= 1) {
      next('large').end();
      expect(await writing()).toEqual(left > 1 ? ['large', 'small'] : ['small']);
    }
    next('small').end();
    await Promise.all(written);
  });

  it('pass on from a page that could not be written', async () => {
    const turns = new PageTurns();
    const { write, writing, next } = pagesOf(turns);
    turns.announce('small');
    const [first, second] = [write('large'), write('large')];
    await writing();
    next('large').fail();
    await expect(first).rejects.toThrow();
    expect(await writing()).toEqual(['large']);
    next('large').end();
    await second;
  });
});
