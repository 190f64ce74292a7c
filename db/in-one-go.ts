/**
 * Statements of one transaction that are sent without waiting for each other's answers: Postgres runs them in this order,
 * and is not idle while a busy process gets round to the next. None may need what another answers, and all but the last
 * must be a single statement each: when one fails Postgres refuses those sent after it, so that nothing is left to come.
 */
export function inOneGo<const Work extends readonly Promise<unknown>[]>(
  ...work: Work
): Promise<{ -readonly [At in keyof Work]: Awaited<Work[At]> }> {
  return Promise.all(work);
}
