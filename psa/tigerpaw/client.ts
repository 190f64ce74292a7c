import type { ZodType } from 'zod';
import { PsaError } from '../errors.ts';
import { badAnswer, jsonOf } from '../http/answers.ts';
import type { PsaHttp, PsaHttpAnswer } from '../http.ts';
import { CLOCK_TOLERANCE_MS } from './assumptions.ts';
import type { Keys } from './connection.ts';
import { PSA, saidFailure, tigerpawFailure, type Asking } from './errors.ts';
import { sign } from './sign.ts';

interface Request extends Asking {
  readonly path: string;
  /** Sent as JSON by POST: a search. */
  readonly search?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** The one way in which the adapter talks to Tigerpaw; throws PsaError. */
export interface TigerpawClient {
  /** The JSON of an answer, if it is of this shape and does not say failure. */
  ask<T>(request: Request, shape: ZodType<T>): Promise<T>;
}

export interface ClientOptions {
  readonly http: PsaHttp;
  readonly origin: string;
  readonly keys: Keys;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createClient({ http, origin, keys, now }: ClientOptions): TigerpawClient {
  /** How far the server's clock is ahead of ours, once it has refused a signature. */
  let aheadMs = 0;

  function send({ path, search, signal }: Request): Promise<PsaHttpAnswer> {
    const url = new URL(`/api/${path}`, origin);
    const method = search === undefined ? 'GET' : 'POST';
    const headers = { ...sign(keys, method, url.pathname, now() + aheadMs), accept: 'application/json' };
    const posted = {
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(search),
      asks: true,
    } as const;
    const rest = search === undefined ? { headers } : posted;
    return http.request({ method, url, ...rest, ...(signal && { signal }) });
  }

  /** How far the server's clock is from what was signed with; null where the answer does not tell. */
  function skewOf({ headers }: PsaHttpAnswer): number | null {
    const said = Date.parse(headers['date'] ?? '');
    return Number.isNaN(said) ? null : said - (now() + aheadMs);
  }

  async function answerTo(request: Request): Promise<PsaHttpAnswer> {
    let answer = await send(request);
    const skew = skewOf(answer);
    if (answer.status === 401 && skew !== null && Math.abs(skew) > CLOCK_TOLERANCE_MS) {
      aheadMs += skew;
      answer = await send(request);
    }
    const isClockKnown = skewOf(answer) !== null;
    if (answer.status < 200 || answer.status > 299)
      throw tigerpawFailure(answer, request, isClockKnown ? aheadMs : null);
    return answer;
  }

  return {
    async ask(request, shape) {
      const { what, scope } = request;
      const asked = { psa: PSA, what, scope };
      const json = jsonOf(await answerTo(request), asked);
      if (saysFailure(json)) throw saidFailure(request, json.Message);
      const parsed = shape.safeParse(json);
      if (!parsed.success) throw badAnswer(asked, 'in a form that its interface does not have');
      return parsed.data;
    },
  };
}

function saysFailure(json: unknown): json is { readonly Message?: string | null } {
  return typeof json === 'object' && json !== null && 'Success' in json && json.Success === false;
}

/** Null instead of a record that is not there. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PsaError && error.code === 'not_found') return null;
    throw error;
  }
}
