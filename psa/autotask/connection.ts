import { z } from 'zod';
import type { ConnectionField } from '../contract.ts';
import { enteredForHeader } from '../entered.ts';
import { DISCOVERY_ADDRESS } from './assumptions.ts';

export const CONNECTION_FIELDS = [
  {
    name: 'userName',
    label: 'User name',
    hint: 'The generated user name (key) of a user with the security level API User: Admin > Resources (Users) > New API User.',
    secret: false,
    required: true,
    example: 'a1b2c3d4e5f6g7h@acme.example',
  },
  {
    name: 'secret',
    label: 'Secret',
    hint: 'The password (secret) that Autotask generates beside the user name.',
    secret: true,
    required: true,
  },
  {
    name: 'integrationCode',
    label: 'Tracking identifier',
    hint: 'The API tracking identifier of that user: an integration vendor, or a custom one.',
    secret: true,
    required: true,
  },
  {
    name: 'address',
    label: 'Address',
    hint: `Where the zone is asked for; Autotask's own (${DISCOVERY_ADDRESS}) knows every customer's.`,
    secret: false,
    required: false,
  },
] as const satisfies readonly ConnectionField[];

const entered = (label: string) => enteredForHeader('Autotask', label);

const WRONG_ADDRESS = `Address must be that of a host, like ${DISCOVERY_ADDRESS}; leave it out if in doubt`;

export const connectionSchema = z.object({
  userName: entered('User name'),
  secret: entered('Secret'),
  integrationCode: entered('Tracking identifier'),
  address: z
    .string()
    .trim()
    .optional()
    .transform((address) => withScheme(address || DISCOVERY_ADDRESS))
    .refine(isOrigin, WRONG_ADDRESS),
});

const withScheme = (address: string): string =>
  /^[a-z][a-z\d+.-]*:\/\//iu.test(address) ? address : `https://${address}`;

function isOrigin(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, search, hash, pathname } = new URL(address);
  const isPlain = `${username}${password}${search}${hash}` === '' && /^\/(ATServicesRest\/?)?$/iu.test(pathname);
  return isPlain && (protocol === 'https:' || protocol === 'http:');
}

/** A checked connection in the form that the client works with. */
export interface AutotaskLogin {
  /** Where the zone is asked for. */
  readonly origin: string;
  readonly userName: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Of the output of `connectionSchema`. */
export function loginOf(connection: Readonly<Record<string, string>>): AutotaskLogin {
  const { address = DISCOVERY_ADDRESS, userName = '', secret = '', integrationCode = '' } = connection;
  const headers = {
    apiintegrationcode: integrationCode,
    username: userName,
    secret,
    'content-type': 'application/json',
  };
  return { origin: new URL(address).origin, userName, headers };
}

const CLOUD = 'autotask.net';

/** The zone is known only once it was asked for: with Autotask itself, any of its hosts. */
export function originsOf(connection: Readonly<Record<string, string>>): readonly string[] {
  const { origin } = loginOf(connection);
  const isCloud = new URL(origin).host.endsWith(`.${CLOUD}`);
  return isCloud ? [`https://*.${CLOUD}`] : [origin];
}
