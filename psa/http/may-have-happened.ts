/** Failures from before a connection stood: whatever was to be sent has not been. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** Whether a request changes something at the PSA, so that a lost answer leaves open whether it has. */
export function isWrite({ method, asks }: { readonly method: string; readonly asks?: true }): boolean {
  return method !== 'GET' && asks !== true;
}

/** Whether a request that failed with this code of Node or undici may have reached the PSA: all that isn't known not to. */
export function mayHaveBeenSent(code: string): boolean {
  return !NEVER_SENT.has(code);
}

/**
 * Whether a PSA that answers this status may have carried a write out. 2xx counts: it is asked where such an answer can't be
 * read. 503 is said before the work begins; other 5xx come from gateways that gave up waiting, or from the middle of the work.
 */
export function mayHaveBeenDone(status: number): boolean {
  return (status >= 200 && status < 300) || (status >= 500 && status !== 503);
}
