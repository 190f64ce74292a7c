/** Another run has gone on from here: whoever works for this one must stop. */
export class OvertakenError extends Error {
  override readonly name: string = 'OvertakenError';
}

/** Another attempt at the same page was quicker: whoever comes next goes on behind it. */
export class PageTakenError extends OvertakenError {
  override readonly name = 'PageTakenError';
}

/** A newer attempt at the same push has begun: this one sends nothing more, and whoever comes next looks again. */
export class WriteTakenError extends OvertakenError {
  override readonly name = 'WriteTakenError';

  constructor() {
    super('another attempt at this push has taken over');
  }
}
