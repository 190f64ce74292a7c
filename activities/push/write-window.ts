import { PsaError } from '../../psa/errors.ts';

/** For as long as a write is announced, it may go on. */
export interface WriteWindow {
  /** Ends what is under way when the attempt is cancelled, or when others may take its write for dead. */
  readonly signal: AbortSignal;
  /** Requests that may have changed something. */
  requests(): number;
  /** Prolongs the announcement before a request; throws when a newer attempt has taken over. */
  beforeWrite(): Promise<void>;
  close(): void;
}

/** @param prolong answers for how many milliseconds the announcement holds from now on */
export function openWriteWindow(signal: AbortSignal, prolong: () => Promise<number>): WriteWindow {
  const controller = new AbortController();
  const cancel = () => controller.abort(signal.reason);
  let timer: NodeJS.Timeout | undefined;
  let requests = 0;
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  return {
    signal: controller.signal,
    requests: () => requests,
    async beforeWrite() {
      const holdsMs = await prolong();
      controller.signal.throwIfAborted();
      requests += 1;
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(tooLate()), holdsMs);
    },
    close() {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    },
  };
}

function tooLate(): PsaError {
  return new PsaError('unreachable', 'the write took longer than it may', {
    retry: 'backoff',
    scope: 'record',
    mayHaveHappened: true,
  });
}
