/** A change that the rules do not allow: `message` says what and why, `wayOut` what would have to be so first. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal';
  readonly wayOut: string | undefined;

  constructor(message: string, wayOut?: string) {
    super(message);
    this.wayOut = wayOut;
  }
}

/** The refusal of an id that nothing has. */
export class NoSuchRow extends Refusal {}
