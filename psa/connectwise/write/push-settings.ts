import type { PushSetting } from '../../contract.ts';
import type { CommunicationKind } from './communication-types.ts';

interface TypeSetting extends PushSetting {
  /** What a row must be able to hold to be chosen. */
  readonly kind: CommunicationKind;
}

const typeSetting = (name: string, label: string, what: string, kind: CommunicationKind): TypeSetting => ({
  name,
  label,
  hint: `The communication type of ${what} whose own type ConnectWise does not have. Without a choice: its default type of that kind.`,
  default: null,
  takes: 'row',
  kind,
});

export const TYPE_SETTINGS = [
  typeSetting('contactEmailType', 'Type of e-mail addresses', 'e-mail addresses', 'Email'),
  typeSetting('contactPhoneType', 'Type of phone numbers', 'phone numbers', 'Phone'),
  typeSetting('contactFaxType', 'Type of fax numbers', 'numbers that are called a fax', 'Fax'),
] as const;

export const NEW_COMPANY_SITE = {
  name: 'newCompanySite',
  label: 'Site of new companies',
  hint: 'ConnectWise makes no company without a site: the name of the one that it makes with it.',
  default: 'Main',
  takes: 'text',
} as const satisfies PushSetting;

/** As the capability lists them. */
export const PUSH_SETTINGS: readonly PushSetting[] = [
  ...TYPE_SETTINGS.map(({ name, label, hint, default: value, takes }) => ({
    name,
    label,
    hint,
    default: value,
    takes,
  })),
  NEW_COMPANY_SITE,
];
