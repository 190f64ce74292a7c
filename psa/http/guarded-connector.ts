import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { PsaError } from '../errors.ts';
import { addressGuard, type AddressGuard } from './address-guard.ts';

/** Asks for all addresses of a name, as `dns.lookup` does. */
export type Lookup = (
  name: string,
  options: LookupOptions & { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface GuardedConnectorOptions {
  readonly allowPrivateAddresses: boolean;
  /** PEM of a private certificate authority to trust beside none other. */
  readonly ca?: string;
  readonly connectTimeoutMs: number;
  /** Resolver; for tests. */
  readonly lookup?: Lookup;
}

/** Opens sockets only to addresses that the guard lets through: in the socket's own look-up, and for literal addresses. */
export function guardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  const connectors = { 'https:': guarded('https:', options), 'http:': guarded('http:', options) };
  return (target, done) => {
    if (target.protocol === 'http:') connectors['http:'](target, done);
    else connectors['https:'](target, done);
  };
}

function guarded(protocol: 'https:' | 'http:', options: GuardedConnectorOptions): buildConnector.connector {
  const { allowPrivateAddresses, ca, connectTimeoutMs, lookup = dnsLookup } = options;
  const guard = addressGuard({ allowPrivateAddresses, protocol });
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: guardedLookup(guard, lookup),
    ...(ca !== undefined && { ca }),
  });
  return (target, done) => {
    const literal = target.hostname.replace(/^\[|\]$/gu, '');
    const refusal = isIP(literal) === 0 ? null : guard(literal);
    if (refusal === null) connect(target, done);
    else done(blocked(target.hostname, literal, refusal), null);
  };
}

/** Keeps the allowed addresses of a name; none left is an error that says why. */
function guardedLookup(guard: AddressGuard, lookup: Lookup): LookupFunction {
  return (name, options, done) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const allowed = addresses.filter(({ address }) => guard(address) === null);
      const [first] = allowed;
      const refused = addresses[0]?.address ?? '';
      if (first === undefined) return done(blocked(name, refused, guard(refused) ?? 'no address'), []);
      if (options.all) return done(null, allowed);
      return done(null, first.address, first.family);
    });
  };
}

function blocked(host: string, address: string, refusal: string): PsaError {
  const isLiteral = host === address || host === `[${address}]`;
  const words = isLiteral ? `${host} is ${refusal}` : `${host} leads to ${address}, which is ${refusal}`;
  return new PsaError('wrong_address', words, { retry: 'never', scope: 'integration' });
}
