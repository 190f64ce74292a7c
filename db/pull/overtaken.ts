/** Another run has gone on from here: whoever works for this one must stop. */
export class OvertakenError extends Error {
  override readonly name: string = 'OvertakenError';
}

/** Another attempt of the same run was quicker: whoever comes next goes on behind its page. */
export class PageTakenError extends OvertakenError {
  override readonly name = 'PageTakenError';
}
