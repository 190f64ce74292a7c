import { z } from 'zod';
import { PsaError } from '../errors.ts';
import { badAnswer } from '../http/answers.ts';
import type { PsaHttp } from '../http.ts';
import type { Login } from './connection.ts';
import { resultOf } from './result-of.ts';

/** Tokens of one user, renewed once for all who need a new one at the same time. */
export interface Session {
  /** Value of the header `Authorization`. */
  authorization(signal?: AbortSignal): Promise<string>;
  /** A new one, in place of one that was refused; whoever comes second gets what the first was given. */
  renewed(refused: string, signal?: AbortSignal): Promise<string>;
}

interface Tokens {
  readonly access: string;
  readonly refresh: string | null;
  readonly authorization: string;
  /** By our clock; it may differ from theirs. */
  readonly renewAtMs: number;
}

const tokensSchema = z.object({
  result: z.object({
    accessToken: z.string().min(1),
    refreshToken: z.string().nullish(),
    accessTokenExpireOn: z.string().nullish().catch(null),
  }),
});

const RENEWED_BEFORE_END_MS = 30_000;
/** A token is used this long whatever its end is by our clock, so that a clock that is wrong does not cost a login a request. */
const LEAST_USE_MS = 60_000;

export function createSession(psa: string, http: PsaHttp, login: Login): Session {
  let tokens: Tokens | null = null;
  let renewing: Promise<Tokens> | null = null;

  async function ask(endpoint: string, what: string, fields: Readonly<Record<string, string>>): Promise<Tokens> {
    const asking = { psa, what, scope: 'integration' } as const;
    const answer = await http.request({
      method: 'POST',
      url: new URL(`${login.address.path}/${endpoint}`, login.address.origin),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(fields).toString(),
      asks: true,
      endpoint,
    });
    const { data } = tokensSchema.safeParse({ result: resultOf(answer, asking) });
    if (!data) throw badAnswer(asking, 'without a token');
    return toTokens(data.result);
  }

  async function renew(): Promise<Tokens> {
    const known = tokens;
    tokens = null;
    if (known?.refresh) {
      try {
        return await ask('security/refreshtoken', 'renew the login', {
          AccessToken: known.access,
          RefreshToken: known.refresh,
        });
      } catch (error) {
        // It may have ended, or belong to a server that was exchanged: the password decides.
        if (!(error instanceof PsaError) || error.code === 'unreachable' || error.code === 'rate_limited') throw error;
      }
    }
    const { company, userName, password } = login;
    return ask('security/authenticate', 'log in', {
      GrantType: 'password',
      UserName: userName,
      Password: password,
      Tenant: company,
    });
  }

  /** One renewal for all; a caller who gives up leaves it to the others. */
  async function current(signal: AbortSignal | undefined): Promise<string> {
    renewing ??= renew()
      .then((renewed) => (tokens = renewed))
      .finally(() => (renewing = null));
    return (await orAborted(renewing, signal)).authorization;
  }

  return {
    async authorization(signal) {
      if (tokens !== null && Date.now() < tokens.renewAtMs) return tokens.authorization;
      return current(signal);
    },
    async renewed(refused, signal) {
      if (tokens !== null && tokens.authorization !== refused) return tokens.authorization;
      return current(signal);
    },
  };
}

function toTokens(result: z.infer<typeof tokensSchema>['result']): Tokens {
  const ends = Date.parse(result.accessTokenExpireOn ?? '');
  const now = Date.now();
  return {
    access: result.accessToken,
    refresh: result.refreshToken ?? null,
    authorization: `Bearer ${result.accessToken}`,
    // Without an end that can be read, a token is used until it is refused.
    renewAtMs: Number.isNaN(ends)
      ? Number.POSITIVE_INFINITY
      : Math.max(ends - RENEWED_BEFORE_END_MS, now + LEAST_USE_MS),
  };
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  signal.throwIfAborted();
  let giveUp: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
