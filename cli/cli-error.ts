import type { Exit } from './exit-codes.ts';

/** A refusal to be shown as it is: `message` names the thing and the reason, `wayOut` what to do now. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exit: Exit;
  readonly wayOut: string | undefined;

  constructor(exit: Exit, message: string, wayOut?: string, options?: ErrorOptions) {
    super(message, options);
    this.exit = exit;
    this.wayOut = wayOut;
  }
}
