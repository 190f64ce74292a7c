import { DEFAULT_CODEBASE, HOSTS_WITH_API_SIBLING } from './assumptions.ts';

/** Where a ConnectWise is, as worked out from what an operator entered. */
export interface ConnectWiseAddress {
  /** As entered: asked for the codebase, without credentials. */
  readonly origin: string;
  /** Where requests with credentials go. */
  readonly apiOrigin: string;
  /** The codebase when the address names the path of the API, else null: ask the server. */
  readonly codebase: string | null;
}

/** `/v4_6_release/apis/3.0`, `/v2025_1`, `/apis/3.0` or nothing; the codebase is the first group. */
const API_PATH = /^\/(?:(v[\w.]+)\/?)?(?:apis\/3\.0\/?)?$/u;

/** Reads an address, with or without scheme. Throws an error whose message goes on after the word "Address". */
export function parseAddress(entered: string): ConnectWiseAddress {
  const text = entered.trim();
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//iu.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme))
    throw new Error('is not one that can be read: enter a host such as na.myconnectwise.net or cw.example.com');
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('must begin with https://');
  if (url.username || url.password)
    throw new Error('must not hold a user or a password: keys have fields of their own');
  const path = API_PATH.exec(url.pathname);
  if (!path || url.search || url.hash) {
    throw new Error(
      `has a path that is not the API's: enter the host alone, or end it with /${DEFAULT_CODEBASE}apis/3.0`,
    );
  }
  const asEntered = url.pathname !== '/';
  const sibling = !asEntered && HOSTS_WITH_API_SIBLING.test(url.host);
  return {
    origin: url.origin,
    apiOrigin: sibling ? `${url.protocol}//api-${url.host}` : url.origin,
    codebase: path[1] === undefined ? null : `${path[1]}/`,
  };
}
