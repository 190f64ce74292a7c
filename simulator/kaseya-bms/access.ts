import { createHash } from 'node:crypto';
import type { ApiRequest, Reply } from '../psa.ts';
import { failed, loginRefused, success, tokenRefused } from './envelope.ts';
import { readForm } from './form.ts';
import type { Settings } from './settings.ts';

/** What a client needs besides the address; made from the seed, so that scripts can keep it. */
export interface Credentials {
  /** The tenant of the login form. */
  readonly company: string;
  readonly userName: string;
  readonly password: string;
}

export function createCredentials(company: string, seed: number): Credentials {
  const password = createHash('sha256')
    .update(`${seed}/password`)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '');
  return { company, userName: 'api.sync', password: password.slice(0, 16) };
}

interface Session {
  readonly refreshToken: string;
  readonly accessUntilMs: number;
  readonly refreshUntilMs: number;
}

/** Logins of the API user, and the tokens that they gave. */
export class Sessions {
  readonly #credentials: Credentials;
  readonly #now: () => number;
  readonly #sessions = new Map<string, Session>();
  #issued = 0;

  constructor(credentials: Credentials, now: () => number) {
    this.#credentials = credentials;
    this.#now = now;
  }

  /** The company that its users log in with. */
  get company(): string {
    return this.#credentials.company;
  }

  /** Ends all sessions, as a change of the password does. */
  clear(): void {
    this.#sessions.clear();
  }

  /** Form fields, not JSON; case does not matter in their names, nor in the company's and the user's. */
  login(request: ApiRequest, settings: Settings): Reply {
    const form = readForm(request);
    if (!form) return failed(415, 415, 'Unsupported Media Type');
    const { company, userName, password } = this.#credentials;
    const is = (field: string, expected: string): boolean => form.get(field)?.toLowerCase() === expected.toLowerCase();
    const isKnown = is('tenant', company) && is('username', userName) && form.get('password') === password;
    const isAllowed = settings.role.apiAccess && (settings.mfaCode === '' || form.get('mfacode') === settings.mfaCode);
    if (!is('granttype', 'password') || !isKnown || !isAllowed) return loginRefused();
    return this.#issue(settings);
  }

  refresh(request: ApiRequest, settings: Settings): Reply {
    const form = readForm(request);
    if (!form) return failed(415, 415, 'Unsupported Media Type');
    const accessToken = form.get('accesstoken') ?? '';
    const session = this.#sessions.get(accessToken);
    if (!session || session.refreshToken !== form.get('refreshtoken') || session.refreshUntilMs <= this.#now())
      return loginRefused();
    this.#sessions.delete(accessToken);
    return this.#issue(settings);
  }

  /** The refusal of a request without a living token; undefined if it has one. */
  deny({ headers }: ApiRequest): Reply | undefined {
    const token = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const session = token === undefined ? undefined : this.#sessions.get(token);
    return session && session.accessUntilMs > this.#now() ? undefined : tokenRefused();
  }

  #issue({ accessTokenSeconds, refreshTokenSeconds }: Settings): Reply {
    const now = this.#now();
    const number = ++this.#issued;
    const part = (text: string): string => Buffer.from(text).toString('base64url');
    const accessToken = [
      part('{"alg":"none"}'),
      part(JSON.stringify({ jti: number, iat: now })),
      part('simulated'),
    ].join('.');
    const refreshToken = createHash('sha256')
      .update(`${now}/${number}/${this.#credentials.password}`)
      .digest('base64url');
    const session = {
      refreshToken,
      accessUntilMs: now + accessTokenSeconds * 1000,
      refreshUntilMs: now + refreshTokenSeconds * 1000,
    };
    this.#sessions.set(accessToken, session);
    return success({
      accessToken,
      refreshToken,
      accessTokenExpireOn: new Date(session.accessUntilMs).toISOString(),
      refreshTokenExpireOn: new Date(session.refreshUntilMs).toISOString(),
    });
  }
}
