import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { followRun, progressLine, type KindProgress, type RunProgress } from '../../cli/progress.ts';
import { NO_COUNTS } from '../../domain/counts.ts';
import { text } from './support.ts';

const organizations = (read: number, state: KindProgress['state'] = 'running'): KindProgress => ({
  kind: 'organization',
  state,
  counts: { ...NO_COUNTS, read, created: read },
  expected: null,
  perHour: null,
});

describe('the line of a kind', () => {
  it('shows a bar where it is known how many there are', () => {
    const counts = { ...NO_COUNTS, read: 50, created: 40, unchanged: 9, rejected: 1 };
    expect(progressLine({ kind: 'contact', state: 'running', counts, expected: 100, perHour: null })).toBe(
      'contacts        ━━━━━━━━━━──────────     50/100  40 new, 9 unchanged, 1 rejected',
    );
  });

  it('shows how many were read where it is not known', () => {
    expect(progressLine(organizations(1234))).toBe('organizations   ····················       1234  1234 new');
  });

  it('tells the pace of a kind that a limit slows down, and of no other', () => {
    const slow = { ...organizations(100), perHour: 1_380.4 };
    expect(progressLine(slow)).toBe('organizations   ····················        100  100 new; about 1380 an hour');
    expect(progressLine({ ...slow, perHour: 500_000 })).toBe(progressLine(organizations(100)));
  });

  it('is full at the end, also of an empty kind', () => {
    expect(progressLine(organizations(0, 'done'))).toBe('organizations   ━━━━━━━━━━━━━━━━━━━━          0');
  });

  it('says that a kind waits', () => {
    expect(progressLine(organizations(0, 'waiting'))).toBe('organizations   waiting');
  });
});

describe('following a run', () => {
  const looks: readonly RunProgress[] = [
    { ended: false, kinds: [organizations(10)], expectedEnd: null },
    { ended: false, kinds: [organizations(10)], expectedEnd: null },
    { ended: true, kinds: [organizations(20, 'done')], expectedEnd: null },
  ];
  const lookAt = (steps: readonly RunProgress[]) => {
    const rest = [...steps];
    return () => Promise.resolve(rest.shift() ?? { ended: true, kinds: [], expectedEnd: null });
  };

  it('answers the last state, and without a terminal writes a line when something changed', async () => {
    const screen = new PassThrough();
    const last = await followRun(lookAt(looks), { screen, signal: new AbortController().signal, everyMs: 1 });
    expect(last).toEqual(looks[2]);
    expect(text(screen).trimEnd().split('\n')).toEqual([
      progressLine(organizations(10)),
      progressLine(organizations(20, 'done')),
    ]);
  });

  it('says what holds the run up, and says it once', async () => {
    const note = 'Trying again (try 2): the PSA is away';
    const held = looks.map((look) => ({ ...look, note }));
    const screen = new PassThrough();
    await followRun(lookAt(held), { screen, signal: new AbortController().signal, everyMs: 1 });
    expect(text(screen).split(note)).toHaveLength(2);
    const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
    await followRun(lookAt(held), { screen: terminal, signal: new AbortController().signal, everyMs: 1 });
    expect(text(terminal)).toContain(note);
  });

  it.each([false, true])('says when the run is expected to end, on a terminal: %s', async (isTTY) => {
    const expectedEnd = new Date(Date.now() + 3 * 3_600_000 + 20 * 60_000);
    const known = looks.map((look, at) => ({ ...look, expectedEnd: at < 2 ? expectedEnd : null }));
    const screen = Object.assign(new PassThrough(), { isTTY, columns: 120 });
    await followRun(lookAt(known), { screen, signal: new AbortController().signal, everyMs: 1 });
    expect(text(screen)).toContain('(in about 3 h 20 min)');
  });

  it('redraws the lines on a terminal and leaves the last state standing', async () => {
    const screen = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
    await followRun(lookAt(looks), { screen, signal: new AbortController().signal, everyMs: 1 });
    expect(text(screen)).toContain(progressLine(organizations(20, 'done')));
  });

  it('stops looking when it is interrupted', async () => {
    const controller = new AbortController();
    const look = () => {
      controller.abort();
      return Promise.resolve({ ended: false, kinds: [], expectedEnd: null });
    };
    await expect(followRun(look, { screen: new PassThrough(), signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
