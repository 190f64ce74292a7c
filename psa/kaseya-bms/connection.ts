import { z } from 'zod';
import type { ConnectionField } from '../contract.ts';
import { enteredText } from '../entered.ts';
import { parseAddress, type ApiAddress } from './address.ts';
import type { Product } from './products.ts';

export function connectionFields({ address, hosts }: Product): readonly ConnectionField[] {
  return [
    {
      name: 'address',
      label: 'Address',
      hint: `${address}, such as ${hosts[0]?.value ?? ''}.`,
      secret: false,
      required: true,
      presets: hosts,
    },
    {
      name: 'company',
      label: 'Company name',
      hint: 'As My Settings shows it, with its blanks; it is neither a host nor a number.',
      secret: false,
      required: true,
      example: 'Acme IT',
    },
    {
      name: 'userName',
      label: 'User name',
      hint: 'Of a user of the type API Employee: it takes no licence and no second factor.',
      secret: false,
      required: true,
      example: 'psa-sync',
    },
    { name: 'password', label: 'Password', hint: 'Of that user.', secret: true, required: true },
  ];
}

export const connectionSchema = z.object({
  address: enteredText('Address').superRefine((address, context) => {
    if (address === '') return;
    try {
      parseAddress(address);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `Address ${(error as Error).message}` });
    }
  }),
  company: enteredText('Company name'),
  userName: enteredText('User name'),
  // Blanks at its ends may be meant.
  password: z.string({ error: 'Password is missing' }).min(1, 'Password is missing'),
});

/** A checked connection in the form that the client works with. */
export interface Login {
  readonly address: ApiAddress;
  /** The company name of My Settings; the login calls it the tenant. */
  readonly company: string;
  readonly userName: string;
  readonly password: string;
}

/** Of the output of `connectionSchema`. */
export function loginOf(connection: Readonly<Record<string, string>>): Login {
  const { address = '', company = '', userName = '', password = '' } = connection;
  return { address: parseAddress(address), company, userName, password };
}
