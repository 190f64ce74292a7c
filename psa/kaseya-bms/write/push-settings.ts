import type { PushSetting } from '../../contract.ts';

export const EMAIL_TYPE = {
  name: 'contactEmailType',
  label: 'Type of e-mail addresses',
  hint: 'The type of e-mail addresses whose own type the PSA does not have. Without a choice no new contact is pushed.',
  default: null,
  takes: 'row',
} as const satisfies PushSetting;

export const PHONE_TYPE = {
  name: 'contactPhoneType',
  label: 'Type of phone numbers',
  hint: 'The type of phone numbers whose own type the PSA does not have. Without a choice: its default type.',
  default: null,
  takes: 'row',
} as const satisfies PushSetting;

export const ACCOUNT_MANAGER = {
  name: 'accountManager',
  label: 'Manager of new accounts',
  hint: 'The PSA makes no account without a manager. Without a choice no new organization is pushed.',
  default: null,
  takes: 'row',
} as const satisfies PushSetting;

export const BUSINESS_TYPE = {
  name: 'businessType',
  label: 'Business type of new accounts',
  hint: 'The PSA makes no account without a business type. Without a choice no new organization is pushed.',
  default: null,
  takes: 'row',
} as const satisfies PushSetting;

export const NEW_ACCOUNT_LOCATION = {
  name: 'newAccountLocation',
  label: 'Location of new accounts',
  hint: 'The PSA makes no account without a location: the name of the one that it makes with it.',
  default: 'Main',
  takes: 'text',
} as const satisfies PushSetting;

/** As the capability lists them. */
export const PUSH_SETTINGS: readonly PushSetting[] = [
  EMAIL_TYPE,
  PHONE_TYPE,
  ACCOUNT_MANAGER,
  BUSINESS_TYPE,
  NEW_ACCOUNT_LOCATION,
];
