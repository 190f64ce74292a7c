import { Context, log } from '@temporalio/activity';
import { toFailure } from './failure.ts';

/** How often a working activity says that it lives; well under every heartbeat timeout. */
const HEARTBEAT_EVERY_MS = 3_000;

/** What an activity's work gets to hold. Taken before the work begins: inside abort listeners the context is gone. */
export interface Beat {
  readonly signal: AbortSignal;
  /** Shown in the UI under the pending activity, and the sign of life. */
  say(details: Readonly<Record<string, unknown>>): void;
}

/** Runs an activity's work with heartbeats, and puts whatever it throws into the orchestrator's terms. */
export async function inActivity<T>(work: (beat: Beat) => Promise<T>): Promise<T> {
  const context = Context.current();
  let details: Readonly<Record<string, unknown>> = {};
  const timer = setInterval(() => context.heartbeat(details), HEARTBEAT_EVERY_MS);
  const beat: Beat = {
    signal: context.cancellationSignal,
    say(next) {
      details = next;
      context.heartbeat(details);
    },
  };
  try {
    return await work(beat);
  } catch (error) {
    if (beat.signal.aborted) throw beat.signal.reason;
    const failure = toFailure(error);
    log.warn('activity failed', { error, failure: failure.message });
    throw failure;
  } finally {
    clearInterval(timer);
  }
}
