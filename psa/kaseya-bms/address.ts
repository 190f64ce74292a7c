/** Where the API of an installation stands. */
export interface ApiAddress {
  readonly origin: string;
  /** Without a slash at the end. */
  readonly path: string;
}

const API_PATH = '/v2';

/** What people enter as an address, made into that of the API; see ASSUMPTIONS. Throws an `Error` that ends "Address ...". */
export function parseAddress(entered: string): ApiAddress {
  const text = /^https?:\/\//iu.test(entered) ? entered : `https://${entered}`;
  if (!URL.canParse(text)) throw new Error('is not an address: enter a host, such as bms.kaseya.com');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new Error('must be a host and nothing else: enter it as in bms.kaseya.com');
  const path = url.pathname.replace(/\/+$/u, '');
  const isAsEntered = path !== '' || url.port !== '' || /^api\./iu.test(url.hostname) || !isName(url.hostname);
  if (!isAsEntered) url.hostname = `api.${url.hostname}`;
  return { origin: url.origin, path: path === '' ? API_PATH : path };
}

/** Neither an IP address nor a machine of one's own. */
const isName = (host: string): boolean => /\.[a-z][a-z0-9-]*$/iu.test(host);
