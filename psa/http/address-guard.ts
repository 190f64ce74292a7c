import { BlockList, isIP, isIPv6 } from 'node:net';

/** Why an address is refused, in words that fit after "is"; null when it may be connected to. */
export type AddressGuard = (address: string) => string | null;

export interface AddressGuardOptions {
  /** The PSA may stand in the operator's own network. */
  readonly allowPrivateAddresses: boolean;
  readonly protocol: 'https:' | 'http:';
}

/** Reached by no PSA, and on a cloud machine the way to its credentials. */
const NEVER = blockList([
  '169.254.0.0/16', // link-local; 169.254.169.254 is the metadata service of most clouds
  'fe80::/10', // link-local
  'fd00:ec2::/32', // metadata at AWS
  'fd20:ce::/32', // metadata at Google
  'fd00:c1::/32', // metadata at Oracle
  '100.100.100.200/32', // metadata at Alibaba
  '168.63.129.16/32', // metadata at Azure
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
  'ff00::/8', // multicast
]);

const PRIVATE = blockList([
  '0.0.0.0/8', // this host
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '172.16.0.0/12',
  '192.0.0.0/24', // protocol assignments
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarks
  '::/96', // unspecified, loopback, IPv4-compatible
  'fc00::/7', // unique local
  'fec0::/10', // site-local
]);

/**
 * Judges addresses, not names: it is asked about what a socket is about to connect to, so that a name that changes
 * between two look-ups gains nothing. Plain HTTP sends credentials readable, so it stays inside the own network.
 */
export function addressGuard({ allowPrivateAddresses, protocol }: AddressGuardOptions): AddressGuard {
  return (address) => {
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0) return 'no address';
    if (NEVER.check(address, family)) return 'a link-local, metadata or multicast address and never allowed';
    const isPrivate = PRIVATE.check(address, family);
    if (isPrivate && !allowPrivateAddresses) {
      return 'a private address, and this deployment does not allow private addresses: PSA_SYNC_ALLOW_PRIVATE_ADDRESSES=true in its settings does, if the PSA stands in your own network';
    }
    if (!isPrivate && protocol === 'http:')
      return 'a public address, where credentials need https: enter the address with https://';
    return null;
  };
}

/** Each IPv4 range also in the forms in which IPv6 carries it to a gateway: NAT64 and 6to4 (mapped ones Node knows itself). */
function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/');
    if (isIPv6(network)) {
      list.addSubnet(network, Number(bits), 'ipv6');
      continue;
    }
    list.addSubnet(network, Number(bits), 'ipv4');
    const [a = 0, b = 0, c = 0, d = 0] = network.split('.').map(Number);
    const halves = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
    list.addSubnet(`64:ff9b::${halves}`, 96 + Number(bits), 'ipv6');
    list.addSubnet(`2002:${halves}::`, 16 + Number(bits), 'ipv6');
  }
  return list;
}
