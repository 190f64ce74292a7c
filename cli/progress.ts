import { setTimeout as sleep } from 'node:timers/promises';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { Counts } from '../domain/counts.ts';
import type { Kind } from '../domain/kinds.ts';
import { endInWords } from './durations.ts';
import type { Screen } from './terminal.ts';

/** What a run has done of one kind so far. */
export interface KindProgress {
  readonly kind: Kind;
  readonly state: 'waiting' | 'running' | 'done';
  readonly counts: Counts;
  /** How many there may be, if anything tells; a PSA seldom does before its last page. */
  readonly expected: number | null;
  /** Records an hour so far; null while that can't be told. */
  readonly perHour: number | null;
}

export interface RunProgress {
  readonly ended: boolean;
  readonly kinds: readonly KindProgress[];
  /** When all will be read; null while that can't be told. */
  readonly expectedEnd: Date | null;
  /** What holds it up, if anything does. */
  readonly note?: string | undefined;
}

export interface FollowOptions {
  readonly screen: Screen;
  readonly signal: AbortSignal;
  readonly everyMs?: number;
}

/** Often enough to look alive, seldom enough to cost Postgres nothing. */
const LOOK_EVERY_MS = 500;
/** Without a terminal every line stays in someone's log. */
const SAY_EVERY_MS = 5_000;

/**
 * Shows a run until it has ended and answers its last state. `look` reads the state from Postgres. Rejects with an
 * AbortError when the signal aborts: only the watching stops then, the run goes on.
 */
export async function followRun<T extends RunProgress>(look: () => Promise<T>, options: FollowOptions): Promise<T> {
  const { screen, signal, everyMs = LOOK_EVERY_MS } = options;
  const view = screen.isTTY ? bars(screen) : plainLines(screen);
  try {
    for (;;) {
      const progress = await look();
      view.show(progress);
      if (progress.ended) return progress;
      await sleep(everyMs, undefined, { signal });
    }
  } finally {
    view.close();
  }
}

interface ProgressView {
  show(progress: RunProgress): void;
  close(): void;
}

function bars(screen: Screen): ProgressView {
  const multi = new MultiBar({
    stream: screen,
    format: (_options, _params, payload: { line: string }) => payload.line,
    hideCursor: true,
    gracefulExit: false, // one place answers Ctrl-C: see main
  });
  const lines = new Map<string, SingleBar>();
  const showLine = (key: string, line: string): void => {
    const shown = lines.get(key);
    if (shown) shown.update({ line });
    else if (line !== '') lines.set(key, multi.create(0, 0, { line }));
  };
  return {
    show({ kinds, note = '', expectedEnd }) {
      for (const progress of kinds) showLine(progress.kind, progressLine(progress));
      showLine('end', expectedEnd === null ? '' : endLine(expectedEnd));
      showLine('note', note);
      multi.update();
    },
    close: () => multi.stop(),
  };
}

function plainLines(screen: Screen): ProgressView {
  const said = new Map<string, string>();
  let saidAt = -Infinity;
  return {
    show({ kinds, note, ended, expectedEnd }) {
      const begun = kinds.filter(({ state }) => state !== 'waiting');
      const lines: (readonly [key: string, line: string])[] = begun.map((one) => [one.kind, progressLine(one)]);
      if (expectedEnd !== null) lines.push(['end', endLine(expectedEnd)]);
      if (note !== undefined) lines.push(['note', note]);
      const due = ended || performance.now() - saidAt >= SAY_EVERY_MS;
      for (const [key, line] of lines) {
        if (said.get(key) === line || !(due || key === 'note')) continue;
        screen.write(`${line}\n`);
        said.set(key, line);
        if (key !== 'note') saidAt = performance.now();
      }
    },
    close: () => undefined,
  };
}

const WORDS = {
  created: 'new',
  linked: 'matched',
  updated: 'updated',
  unchanged: 'unchanged',
  outside: 'outside',
  review: 'to review',
  rejected: 'rejected',
} as const satisfies Partial<Record<keyof Counts, string>>;

const KIND_WIDTH = 'configurations'.length;
const BAR_WIDTH = 20;
/** Less is the doing of a limit: then the pace is worth telling. */
const SLOW_PER_HOUR = 20_000;

/** One kind in one line: name, bar (or a mark that it goes on), how many of how many, and what became of them. */
export function progressLine({ kind, state, counts, expected, perHour }: KindProgress): string {
  const name = `${kind}s`.padEnd(KIND_WIDTH);
  if (state === 'waiting') return `${name}  waiting`;
  const most = state === 'done' ? counts.read : expected;
  const share = most === null ? null : most === 0 ? 1 : Math.min(1, counts.read / most);
  const filled = Math.round((share ?? 0) * BAR_WIDTH);
  const bar = share === null ? '·'.repeat(BAR_WIDTH) : `${'━'.repeat(filled)}${'─'.repeat(BAR_WIDTH - filled)}`;
  const read = state === 'done' || expected === null ? `${counts.read}` : `${counts.read}/${expected}`;
  const words = Object.entries(WORDS).map(([key, word]) => [counts[key as keyof typeof WORDS], word] as const);
  const became = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const isSlow = perHour !== null && perHour < SLOW_PER_HOUR;
  const pace = isSlow && state === 'running' ? `about ${Math.round(perHour)} an hour` : '';
  return [name, bar, read.padStart(9), [became.join(', '), pace].filter(Boolean).join('; ')].join('  ').trimEnd();
}

/** "Expected end: 2026-03-02 14:05 (in about 3 h 20 min)", by the clock of this machine's place. */
function endLine(end: Date): string {
  return `Expected end: ${endInWords(end, new Date())}`;
}
