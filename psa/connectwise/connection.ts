import { z } from 'zod';
import type { ConnectionField } from '../contract.ts';
import { enteredForHeader, enteredText } from '../entered.ts';
import { parseAddress, type ConnectWiseAddress } from './address.ts';

export const CONNECTION_FIELDS = [
  {
    name: 'address',
    label: 'Address',
    hint: 'The host that you open ConnectWise at: na.myconnectwise.net, or cw.example.com on premise. With the path of the API (/v4_6_release/apis/3.0) it is used exactly as entered.',
    secret: false,
    required: true,
    example: 'na.myconnectwise.net',
  },
  {
    name: 'company',
    label: 'Company id',
    hint: 'The company that you type at the ConnectWise login; upper and lower case matter.',
    secret: false,
    required: true,
    example: 'acme',
  },
  {
    name: 'publicKey',
    label: 'Public key',
    hint: 'Of an API member: System > Members > API Members > API Keys.',
    secret: true,
    required: true,
  },
  {
    name: 'privateKey',
    label: 'Private key',
    hint: 'Shown by ConnectWise once, when the keys are made.',
    secret: true,
    required: true,
  },
  {
    name: 'clientId',
    label: 'Client id',
    hint: 'A GUID of your own from developer.connectwise.com > ClientID; ConnectWise refuses requests without one.',
    secret: false,
    required: true,
    example: '3b1f2c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
  },
] as const satisfies readonly ConnectionField[];

const entered = (label: string) => enteredForHeader('ConnectWise', label);

const withoutColon = (label: string) =>
  entered(label).regex(/^[^:]*$/u, `${label} must not hold a colon: copy it again`);

export const connectionSchema = z.object({
  address: enteredText('Address').superRefine((address, context) => {
    try {
      parseAddress(address);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `Address ${(error as Error).message}` });
    }
  }),
  company: withoutColon('Company id').regex(/^[^+/]*$/u, 'Company id must not hold + or /'),
  publicKey: withoutColon('Public key'),
  privateKey: entered('Private key'),
  clientId: entered('Client id'),
});

/** A checked connection in the form that the client works with. */
export interface ConnectWiseLogin {
  readonly address: ConnectWiseAddress;
  readonly company: string;
  /** Value of the header `Authorization`. */
  readonly authorization: string;
  readonly clientId: string;
}

/** Of the output of `connectionSchema`. */
export function loginOf(connection: Readonly<Record<string, string>>): ConnectWiseLogin {
  const { address = '', company = '', publicKey = '', privateKey = '', clientId = '' } = connection;
  const basic = Buffer.from(`${company}+${publicKey}:${privateKey}`).toString('base64');
  return { address: parseAddress(address), company, authorization: `Basic ${basic}`, clientId };
}
