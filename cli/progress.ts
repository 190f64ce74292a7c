import { setTimeout as sleep } from 'node:timers/promises';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { Counts } from '../domain/counts.ts';
import type { Kind } from '../domain/kinds.ts';
import type { Screen } from './terminal.ts';

/** What a run has done of one kind so far. */
export interface KindProgress {
  readonly kind: Kind;
  readonly state: 'waiting' | 'running' | 'done';
  readonly counts: Counts;
  /** How many there may be, if anything tells; a PSA seldom does before its last page. */
  readonly expected: number | null;
}

export interface RunProgress {
  readonly ended: boolean;
  readonly kinds: readonly KindProgress[];
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
  const byKind = new Map<Kind, SingleBar>();
  return {
    show({ kinds }) {
      for (const progress of kinds) {
        const line = { line: progressLine(progress) };
        const bar = byKind.get(progress.kind);
        if (bar) bar.update(progress.counts.read, line);
        else byKind.set(progress.kind, multi.create(progress.expected ?? 0, progress.counts.read, line));
      }
      multi.update();
    },
    close: () => multi.stop(),
  };
}

function plainLines(screen: Screen): ProgressView {
  const said = new Map<Kind, string>();
  let saidAt = -Infinity;
  return {
    show({ kinds, ended }) {
      const begun = kinds.filter(({ state }) => state !== 'waiting');
      const news = begun.map((progress) => [progress.kind, progressLine(progress)] as const);
      const changed = news.filter(([kind, line]) => said.get(kind) !== line);
      if (changed.length === 0 || (!ended && performance.now() - saidAt < SAY_EVERY_MS)) return;
      saidAt = performance.now();
      for (const [kind, line] of changed) {
        screen.write(`${line}\n`);
        said.set(kind, line);
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

/** One kind in one line: name, bar (or a mark that it goes on), how many of how many, and what became of them. */
export function progressLine({ kind, state, counts, expected }: KindProgress): string {
  const name = `${kind}s`.padEnd(KIND_WIDTH);
  if (state === 'waiting') return `${name}  waiting`;
  const most = state === 'done' ? counts.read : expected;
  const share = most === null ? null : most === 0 ? 1 : Math.min(1, counts.read / most);
  const filled = Math.round((share ?? 0) * BAR_WIDTH);
  const bar = share === null ? '·'.repeat(BAR_WIDTH) : `${'━'.repeat(filled)}${'─'.repeat(BAR_WIDTH - filled)}`;
  const read = state === 'done' || expected === null ? `${counts.read}` : `${counts.read}/${expected}`;
  const words = Object.entries(WORDS).map(([key, word]) => [counts[key as keyof typeof WORDS], word] as const);
  const became = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [name, bar, read.padStart(9), became.join(', ')].join('  ').trimEnd();
}
