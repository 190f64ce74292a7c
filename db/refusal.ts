/** A change that the rules do not allow: `message` says what and why, `wayOut` what would have to be so first. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal';
  readonly wayOut: string | undefined;

  constructor(message: string, wayOut?: string) {
    super(message);
    this.wayOut = wayOut;
  }
}

/** What was named is not there, or belongs to another tenant. */
export class NotFound extends Refusal {
  override readonly name = 'NotFound';
}
