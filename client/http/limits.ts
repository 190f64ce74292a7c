/** What one request may ask for. */
export const LIMITS = {
  /** A bulk of the largest size with long notes in each. */
  bodyBytes: 4 * 1024 * 1024,
  /** The deepest body of ours is data > attributes > contact-phones > entry: five with the array of a bulk. */
  bodyDepth: 8,
  /** One transaction writes them all, so it is kept short. */
  bulkRecords: 250,
  pageSizeDefault: 50,
  pageSize: 1000,
  /** Values in one filter, separated by commas. */
  filterValues: 500,
  // How long an address may be is Node's own limit for all headers, 16 KiB.
  /** Wrong keys that one address may send in a window; a script with an old key comes once a second at most. */
  wrongKeys: 100,
  wrongKeysMs: 60_000,
  /** How long a request may take to arrive. */
  requestMs: 30_000,
} as const;
