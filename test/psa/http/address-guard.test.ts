import { describe, expect, it } from 'vitest';
import { addressGuard } from '../../../psa/http/address-guard.ts';

const strict = addressGuard({ allowPrivateAddresses: false, protocol: 'https:' });
const open = addressGuard({ allowPrivateAddresses: true, protocol: 'https:' });
const openPlain = addressGuard({ allowPrivateAddresses: true, protocol: 'http:' });

const NEVER = [
  '169.254.169.254',
  '169.254.0.1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  'fe80::1',
  'fd00:ec2::254',
  'fd00:c1::a9fe:a9fe',
  'fd20:ce::254',
  '100.100.100.200',
  '168.63.129.16',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
];

const PRIVATE = [
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '198.18.0.1',
  '::1',
  '::',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '2002:c0a8:101::1',
  'fc00::1',
  'fd12:3456::1',
  'fec0::1',
];

const PUBLIC = ['52.1.2.3', '172.32.0.1', '100.128.0.1', '169.253.1.1', '2606:4700::1111', '64:ff9b::3401:203'];

describe('addresses that may be connected to', () => {
  it.each(NEVER)('never %s, whatever the deployment allows', (address) => {
    expect(strict(address)).toMatch(/never allowed/);
    expect(open(address)).toMatch(/never allowed/);
    expect(openPlain(address)).toMatch(/never allowed/);
  });

  it.each(PRIVATE)('%s only where private addresses are allowed', (address) => {
    expect(strict(address)).toMatch(/private address.*settings/);
    expect(open(address)).toBeNull();
    expect(openPlain(address)).toBeNull();
  });

  it.each(PUBLIC)('%s always, but over https only', (address) => {
    expect(strict(address)).toBeNull();
    expect(open(address)).toBeNull();
    expect(openPlain(address)).toMatch(/https:\/\//);
  });

  it('no text that is not an address', () => {
    expect(open('na.myconnectwise.net')).toBe('no address');
  });
});
