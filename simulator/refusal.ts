import type { Reply } from './psa.ts';

/** A refusal that becomes the answer, thrown from wherever it is found. */
export class Refusal extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(`HTTP ${reply.status}`);
    this.reply = reply;
  }
}

/** The answer of `run`, or its refusal. */
export function answerOf(run: () => Reply): Reply {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}
