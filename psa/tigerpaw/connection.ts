import { z } from 'zod';
import type { ConnectionField } from '../contract.ts';
import { enteredText } from '../entered.ts';

export const CONNECTION_FIELDS = [
  {
    name: 'address',
    label: 'Address',
    hint: 'The host of the REST API: https://api2.tigerpawsoftware.com for hosted systems, your own server otherwise.',
    secret: false,
    required: true,
    presets: [{ value: 'https://api2.tigerpawsoftware.com', name: 'Hosted by Tigerpaw' }],
  },
  {
    name: 'publicKey',
    label: 'Public key',
    hint: 'Of a rep: Edit > Master Tables > Reps > Admin > REST API Security.',
    secret: true,
    required: true,
  },
  { name: 'privateKey', label: 'Private key', hint: 'Beside the public key.', secret: true, required: true },
] as const satisfies readonly ConnectionField[];

const key = (label: string) =>
  enteredText(label).regex(
    /^[\x21-\x39\x3b-\x7e]+$/u,
    `${label} holds characters that Tigerpaw never uses: copy it again`,
  );

export const connectionSchema = z.object({
  address: enteredText('Address').refine(
    (address) => originOf(address) !== null,
    'Address is not the address of a server: enter its host',
  ),
  publicKey: key('Public key'),
  privateKey: key('Private key'),
});

/** The server of an address; a path behind it, as people copy it, does not count. Null for what is no address. */
export function originOf(address: string): string | null {
  const whole = /^[a-z]+:\/\//iu.test(address) ? address : `https://${address}`;
  if (!URL.canParse(whole)) return null;
  const { protocol, origin, username } = new URL(whole);
  return (protocol === 'https:' || protocol === 'http:') && username === '' ? origin : null;
}

/** What requests are signed with. */
export interface Keys {
  readonly publicKey: string;
  readonly privateKey: string;
}
