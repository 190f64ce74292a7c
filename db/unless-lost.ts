/** What the driver says when the connection ended under a query. */
const LOST = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/**
 * The work of a transaction, which never ends when the connection is lost under it. The driver tells the caller of the loss
 * by itself; but to work that fails it answers with a rollback, and on a connection that is gone that throws where nobody
 * can catch it and ends the process (porsager/postgres, issues 1066 and 1208).
 */
export async function unlessLost<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isLost(error)) return new Promise<never>(() => undefined);
    throw error;
  }
}

/** Also when the server itself ended the session, which it calls fatal. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  return (typeof code === 'string' && LOST.has(code)) || severity === 'FATAL' || isLost(error.cause);
}
