/** Why a workflow failed, in its own words: the workflow's failure wraps the activity's, which wraps the reason. */
export function reasonOfFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOfFailure(error.cause) : error.message;
}
