import { PsaError } from '../errors.ts';
import { mayHaveBeenSent } from './may-have-happened.ts';

/** Why no whole answer came, by the code of Node's or undici's error; others are shown by their code. */
const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known to DNS; check the address',
  EAI_AGAIN: 'DNS does not answer',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'it took the request and did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'its answer stalled',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'its answer broke off',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; give its certificate authority to the deployment',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not trusted; give it to the deployment',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not trusted; give it to the deployment',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate authority is not trusted; give it to the deployment',
};

/**
 * An error of the socket, the protocol or the resolver, as adapters throw it.
 * @param write whether the request was to change something
 */
export function networkFailure(host: string, error: unknown, write: boolean): PsaError {
  if (error instanceof PsaError) return error;
  const code = errorCode(error);
  const reason = WORDS[code] ?? code;
  return new PsaError('unreachable', `${host} can't be reached: ${reason}`, {
    retry: 'backoff',
    scope: 'integration',
    cause: error,
    mayHaveHappened: write && mayHaveBeenSent(code),
  });
}

/** The code of an error. Node gathers the failures of a name's several addresses in one error; they share their reason as a rule. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'no reason given';
}
