/**
 * npm passes the terminal's SIGINT on to a program that got it already, so one Ctrl-C arrives twice. What comes this
 * soon is the same one; what comes later is a person who does not want to wait.
 */
const SAME_INTERRUPT_MS = 1_000;
const EXIT_INTERRUPTED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupt {
  /** Aborted by the first signal. */
  signal: AbortSignal;
  /** Resolves with the first signal. */
  arrived: Promise<NodeJS.Signals>;
  /** Gives the signals their usual effect back. */
  dispose(): void;
}

/** Catches what asks this process to end, so that it can stop its servers first. A second Ctrl-C ends it at once. */
export function catchInterrupt(): Interrupt {
  const controller = new AbortController();
  let firstAt: number | undefined;
  let resolve: (signal: NodeJS.Signals) => void;
  const arrived = new Promise<NodeJS.Signals>((settle) => (resolve = settle));
  const listener = (signal: NodeJS.Signals): void => {
    firstAt ??= Date.now();
    if (Date.now() - firstAt > SAME_INTERRUPT_MS) process.exit(EXIT_INTERRUPTED);
    controller.abort();
    resolve(signal);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    signal: controller.signal,
    arrived,
    dispose: () => SIGNALS.forEach((signal) => process.off(signal, listener)),
  };
}
