/** Whether an error is the query builder's own: its message quotes the query and every parameter, so only its cause may be shown. */
export function quotesParameters(error: Error): boolean {
  return 'query' in error && 'params' in error;
}
