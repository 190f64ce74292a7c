import type { PushSetting } from '../../contract.ts';
import { PHONE_SLOTS } from '../slots.ts';

export const OWNER = {
  name: 'accountManager',
  label: 'Default account manager',
  hint: 'Autotask makes no company without an owner: an active resource, and none that only uses the API.',
  default: null,
  takes: 'row',
} as const satisfies PushSetting;

export const NEW_COMPANY_PHONE = {
  name: 'newCompanyPhone',
  label: 'Phone of new companies',
  hint: 'Autotask makes no company without a phone number, and organizations here have none: what is written instead.',
  default: 'unknown',
  takes: 'text',
} as const satisfies PushSetting;

export const PRODUCT_BILLING_CODE = {
  name: 'productBillingCode',
  label: 'Billing code of new products',
  hint: 'A device takes a product of its manufacturer and model. With the id of a material billing code, one that is missing is made; without it, it is asked for by name.',
  default: null,
  takes: 'number',
} as const satisfies PushSetting;

export const PHONE_TYPE = {
  name: 'contactPhoneType',
  label: 'Type of phone numbers',
  hint: 'What phone numbers of another type become: Work, Mobile, Alternate or Fax.',
  default: 'Work',
  takes: PHONE_SLOTS.map(({ type }) => ({ value: type, name: type })),
} as const satisfies PushSetting;

export const PUSH_SETTINGS: readonly PushSetting[] = [OWNER, NEW_COMPANY_PHONE, PRODUCT_BILLING_CODE, PHONE_TYPE];
