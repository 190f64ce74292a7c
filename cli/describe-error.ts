import { TemporalUnreachable } from '../client/temporal/connect.ts';
import { quotesParameters } from '../db/query-error.ts';
import { NotFound, Refusal } from '../db/refusal.ts';
import { PsaError, type PsaErrorCode } from '../psa/errors.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { CliError } from './cli-error.ts';
import { DevError } from './dev/dev-error.ts';
import { waitInWords } from './durations.ts';
import type { Exit } from './exit-codes.ts';

/** An error in the words of the command line. */
export interface DescribedError {
  readonly exit: Exit;
  readonly message: string;
  readonly wayOut?: string | undefined;
}

/** Syncs and pushes need no help: Temporal tries them again by itself. */
const LATER = 'Syncs and pushes wait and go on by themselves.';

const NOT_RUNNING =
  'Is it running, and is its address right? `psa-sync doctor` tries them all; for the demo, run `npm start` first.';
const LOGIN_REFUSED = 'Check the user and the password in DATABASE_URL.';

/** Codes of Node, of Postgres (SQLSTATE) and of gRPC (as `grpc:` and the number) that people can do something about. */
const KNOWN_CODES: Readonly<Record<string, { readonly exit: Exit; readonly wayOut: string }>> = {
  ECONNREFUSED: { exit: 'unreachable', wayOut: NOT_RUNNING },
  ECONNRESET: { exit: 'unreachable', wayOut: NOT_RUNNING },
  EHOSTUNREACH: { exit: 'unreachable', wayOut: NOT_RUNNING },
  ETIMEDOUT: { exit: 'unreachable', wayOut: NOT_RUNNING },
  ENOTFOUND: { exit: 'unreachable', wayOut: 'There is no host of that name: check the address for a typing error.' },
  EAI_AGAIN: { exit: 'unreachable', wayOut: 'The name could not be looked up: check the network and its DNS.' },
  CONNECT_TIMEOUT: { exit: 'unreachable', wayOut: NOT_RUNNING },
  CONNECTION_CLOSED: { exit: 'unreachable', wayOut: NOT_RUNNING },
  'grpc:14': { exit: 'unreachable', wayOut: NOT_RUNNING },
  'grpc:4': { exit: 'unreachable', wayOut: NOT_RUNNING },
  'grpc:7': { exit: 'credentials', wayOut: 'Temporal does not let this key or certificate into the namespace.' },
  'grpc:16': { exit: 'credentials', wayOut: 'Check TEMPORAL_API_KEY, or the client certificate.' },
  '28P01': { exit: 'credentials', wayOut: LOGIN_REFUSED },
  '28000': { exit: 'credentials', wayOut: LOGIN_REFUSED },
  '42501': {
    exit: 'credentials',
    wayOut: 'The login in DATABASE_URL may not do this; `migrate` needs the one that owns the tables.',
  },
  '3D000': { exit: 'failed', wayOut: 'Create the database first, or correct the last part of DATABASE_URL.' },
  '42P01': { exit: 'failed', wayOut: 'The tables are not there yet: run `psa-sync migrate`.' },
  '53100': { exit: 'failed', wayOut: 'The disk of the database is full: free some space on it, then try again.' },
};

const PSA_EXITS: Readonly<Partial<Record<PsaErrorCode, Exit>>> = {
  unreachable: 'unreachable',
  rate_limited: 'unreachable',
  server_error: 'unreachable',
  unauthorized: 'credentials',
  forbidden: 'credentials',
};

export function describeError(error: unknown): DescribedError {
  if (error instanceof CliError) return { exit: error.exit, message: error.message, wayOut: error.wayOut };
  if (error instanceof Refusal)
    return { exit: error instanceof NotFound ? 'usage' : 'failed', message: error.message, wayOut: error.wayOut };
  if (error instanceof SettingsError) return { exit: 'usage', message: error.message };
  if (error instanceof PsaError)
    return { exit: PSA_EXITS[error.code] ?? 'failed', message: error.message, wayOut: psaWayOut(error) };
  if (error instanceof DevError)
    return { exit: error.kind === 'interrupted' ? 'interrupted' : 'failed', message: error.message };
  if (error instanceof TemporalUnreachable) return { exit: 'unreachable', message: error.message, wayOut: NOT_RUNNING };
  const [first, ...causes] = chain(error).filter((found) => !quotesParameters(found));
  if (first?.name === 'AbortError') return { exit: 'interrupted', message: 'Interrupted.' };
  for (const found of [first, ...causes]) {
    const known = KNOWN_CODES[codeOf(found)];
    if (found && known) return { ...known, message: found.message || String(codeOf(found)) };
  }
  return {
    exit: 'failed',
    message: first?.message || (error instanceof Error ? 'A query failed.' : String(error)),
    wayOut: 'Add --verbose to see where this comes from.',
  };
}

/** When it is worth trying again; what else there is to do stands in the message. */
function psaWayOut({ retry, retryAfterMs }: PsaError): string | undefined {
  if (retry === 'never') return undefined;
  const when = retryAfterMs === undefined ? 'in a moment' : `in ${waitInWords(retryAfterMs)}`;
  return `Try again ${when}. ${LATER}`;
}

/** The error, what it was caused by, and the parts of an AggregateError (Node makes one when no address answers). */
function chain(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const parts = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [error, ...[...parts, error.cause].flatMap(chain)];
}

function codeOf(error: Error | undefined): string {
  const code = error && 'code' in error ? error.code : undefined;
  if (typeof code === 'number') return `grpc:${code}`;
  return typeof code === 'string' ? code : '';
}
