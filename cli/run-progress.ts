import type { RunRange, RunView } from '../db/runs/read-run.ts';
import type { RunProgress } from './progress.ts';

/** A run as the progress bars want it; null: its workflow has not begun it yet. */
export function runProgress(run: RunView | null): RunProgress & { readonly run: RunView | null } {
  return {
    run,
    expectedEnd: run?.expectedEnd ?? null,
    ended: run !== null && run.state !== 'running',
    kinds: (run?.ranges ?? []).map((range) => ({ ...range, state: stateOf(range) })),
  };
}

function stateOf({ state, pages }: RunRange): 'waiting' | 'running' | 'done' {
  if (state !== 'open') return 'done';
  return pages === 0 ? 'waiting' : 'running';
}
