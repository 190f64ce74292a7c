/** What went wrong with the servers of the development stack, so that the command line can choose its exit code. */
export type DevErrorKind =
  | 'data-broken'
  | 'data-unreadable'
  | 'data-version'
  | 'disk-full'
  | 'failed'
  | 'interrupted'
  | 'locked'
  | 'no-postgres'
  | 'no-temporal'
  | 'port-taken';

/** A refusal whose message says what happened, why, and what to do; it is meant to be printed without its stack. */
export class DevError extends Error {
  readonly kind: DevErrorKind;

  constructor(kind: DevErrorKind, lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\n'), options);
    this.name = 'DevError';
    this.kind = kind;
  }
}

/** The error of a start that a person or the caller ended. */
export const interrupted = (what: string): DevError => new DevError('interrupted', [`${what} was interrupted.`]);
