import type { CollectionName } from '../schema/collection-name.ts';
import { DEVICE_TYPES, MANUFACTURERS } from '../../msp/device-kinds.ts';
import { TECHNICIANS } from './info.ts';

/** A lookup row; its place in the list is its id unless it gives one. */
type LookupRow = Readonly<Record<string, unknown>>;

const named = (...names: string[]): LookupRow[] => names.map((name) => ({ name }));
const described = (...texts: string[]): LookupRow[] => texts.map((description) => ({ description }));

const QUESTIONS: readonly [type: string, fieldType: string, entryType: string, question: string, required?: true][] = [
  ['Managed Server', 'Text', 'EntryField', 'Backup product'],
  ['Managed Server', 'Checkbox', 'Option', 'Virtual machine'],
  ['Managed Server', 'Date', 'Date', 'Last restore test'],
  ['Server', 'Text', 'EntryField', 'Roles'],
  ['Firewall', 'Text', 'List', 'Subscription level'],
  ['Firewall', 'Number', 'EntryField', 'VPN users'],
  ['Firewall', 'IPAddress', 'EntryField', 'Public address'],
  ['Printer', 'Text', 'EntryField', 'Lease contract'],
  ['Domain', 'Text', 'EntryField', 'Registrar'],
  ['Domain', 'Hyperlink', 'EntryField', 'Control panel'],
  ['Managed Workstation', 'Text', 'EntryField', 'Primary user'],
];

const typeReference = (name: string): LookupRow => ({
  id: DEVICE_TYPES.findIndex((known) => known === name) + 1,
});

const COUNTRIES: readonly [name: string, code: string, currency: number, prefix: string, zipDigits: number][] = [
  ['United States', 'US', 1, '1', 5],
  ['Canada', 'CA', 2, '1', 6],
  ['United Kingdom', 'GB', 3, '44', 5],
  ['Australia', 'AU', 4, '61', 4],
  ['Germany', 'DE', 5, '49', 5],
  ['France', 'FR', 5, '33', 5],
  ['Poland', 'PL', 6, '48', 5],
  ['Ireland', 'IE', 5, '353', 7],
  ['New Zealand', 'NZ', 7, '64', 4],
];

const US_STATES =
  'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming';
const CANADIAN_PROVINCES =
  'AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,ON Ontario,PE Prince Edward Island,QC Québec,SK Saskatchewan';
const AUSTRALIAN_STATES =
  'ACT Australian Capital Territory,NSW New South Wales,NT Northern Territory,QLD Queensland,SA South Australia,TAS Tasmania,VIC Victoria,WA Western Australia';

function states(list: string, countryId: number): LookupRow[] {
  return list.split(',').map((entry) => {
    const [identifier = '', ...name] = entry.split(' ');
    return { identifier, name: name.join(' '), country: { id: countryId } };
  });
}

function currency(name: string, code: string, symbol: string): LookupRow {
  return {
    symbol,
    currencyCode: code,
    decimalSeparator: '.',
    numberOfDecimals: 2,
    thousandsSeparator: ',',
    negativeParenthesesFlag: false,
    displaySymbolFlag: true,
    currencyIdentifier: code,
    displayIdFlag: false,
    rightAlign: false,
    name,
  };
}

const customField = (
  podId: number,
  caption: string,
  type: string,
  entry = 'EntryField',
  more: LookupRow = {},
): LookupRow => ({
  podId,
  caption,
  sequenceNumber: 1,
  fieldTypeIdentifier: type,
  numberDecimals: 0,
  entryTypeIdentifier: entry,
  requiredFlag: false,
  displayOnScreenFlag: true,
  readOnlyFlag: false,
  listViewFlag: false,
  dateCreated: '2019-05-01T00:00:00Z',
  ...more,
});

const kind = (flag: 'phoneFlag' | 'faxFlag' | 'emailFlag', description: string, isDefault = false): LookupRow => ({
  description,
  phoneFlag: flag === 'phoneFlag',
  faxFlag: flag === 'faxFlag',
  emailFlag: flag === 'emailFlag',
  defaultFlag: isDefault,
});

/** The lookup tables of the made-up MSP, in an order in which each only refers to earlier ones. */
export const LOOKUP_ROWS: Partial<Record<CollectionName, readonly LookupRow[]>> = {
  addressFormats: named('Standard', 'European'),
  currencies: [
    currency('US Dollars', 'USD', '$'),
    currency('Canadian Dollars', 'CAD', '$'),
    currency('Pounds', 'GBP', '£'),
    currency('Australian Dollars', 'AUD', '$'),
    currency('Euros', 'EUR', '€'),
    currency('Złoty', 'PLN', 'zł'),
    currency('New Zealand Dollars', 'NZD', '$'),
  ],
  countries: COUNTRIES.map(([name, countryCode, currencyId, dialingPrefix, zipMinimumLength]) => ({
    name,
    defaultFlag: countryCode === 'US',
    currency: { id: currencyId },
    cityCaption: 'City',
    stateCaption: countryCode === 'CA' ? 'Province' : 'State',
    zipCaption: countryCode === 'US' ? 'Zip' : 'Postcode',
    zipMinimumLength,
    dialingPrefix,
    addressFormat: { id: countryCode === 'DE' || countryCode === 'FR' ? 2 : 1 },
    countryCode,
  })),
  states: [...states(US_STATES, 1), ...states(CANADIAN_PROVINCES, 2), ...states(AUSTRALIAN_STATES, 4)],
  tracks: named('New Client Onboarding', 'Win Back'),
  billingTerms: named('Net 30', 'Net 15', 'Due on Receipt'),
  calendars: named('Standard Business Hours', '24x7'),
  deliveryMethods: named('Email', 'Mail'),
  entityTypes: named('Corporation', 'Non-Profit', 'Government'),
  invoiceTemplates: named('Standard Invoice'),
  emailTemplates: named('Standard E-Mail'),
  markets: named(
    'Healthcare',
    'Legal',
    'Finance',
    'Manufacturing',
    'Education',
    'Construction',
    'Retail',
    'Non-Profit',
  ),
  ownershipTypes: named('Private', 'Public', 'Family'),
  pricingSchedules: named('Standard'),
  sicCodes: named('7371 Computer Services', '8011 Offices of Doctors', '8111 Legal Services'),
  slas: named('Gold', 'Silver', 'Standard'),
  systemDepartments: [
    { identifier: 'Services', name: 'Professional Services' },
    { identifier: 'Sales', name: 'Sales' },
    { identifier: 'Admin', name: 'Administration' },
  ],
  systemLocations: [...named('Tampa Office', 'Denver Office'), { id: 11, name: 'Corporate' }],
  taxCodes: named('Tax Exempt', 'FL-Hillsborough', 'CO-Denver'),
  timeZones: named('US Eastern', 'US Central', 'US Mountain', 'US Pacific', 'GMT', 'Central European', 'AUS Eastern'),
  members: [...TECHNICIANS, 'zAutomate', 'Import', 'APISync'].map((identifier) => ({ identifier, name: identifier })),

  companyTypes: [
    { name: 'Client', defaultFlag: true, vendorFlag: false },
    ...named('Prospect', 'Lead').map((row) => ({ ...row, defaultFlag: false, vendorFlag: false })),
    { name: 'Vendor', defaultFlag: false, vendorFlag: true },
    ...named('Partner', 'Former Client', 'Competitor', 'Managed Services', 'Break-Fix', 'Co-Managed', 'Owner').map(
      (row) => ({
        ...row,
        defaultFlag: false,
        vendorFlag: false,
      }),
    ),
  ].map((row) => ({ ...row, serviceAlertFlag: false })),
  companyStatuses: [
    { name: 'Active', defaultFlag: true },
    { name: 'Inactive', inactiveFlag: true },
    { name: 'Credit Hold', notifyFlag: true, notificationMessage: 'Credit hold: ask accounting before any work.' },
    { name: 'Delinquent', notifyFlag: true, notificationMessage: 'Invoices over 90 days.' },
    ...named('Imported', 'Not Approved', 'Problem'),
  ].map((row) => ({ defaultFlag: false, inactiveFlag: false, notifyFlag: false, disallowSavingFlag: false, ...row })),
  contactTypes: [
    { description: 'End User', defaultFlag: true },
    ...described('Approver', 'Decision Maker', 'Billing', 'Technical', 'VIP', 'Primary').map((row) => ({
      ...row,
      defaultFlag: false,
    })),
  ],
  contactDepartments: named(
    'Accounting',
    'Administration',
    'Executive',
    'HR',
    'IT',
    'Marketing',
    'Operations',
    'Sales',
  ),
  relationships: named('Assistant', 'Manager', 'Owner', 'Spouse'),
  communicationTypes: [
    kind('emailFlag', 'Email', true),
    kind('phoneFlag', 'Direct', true),
    kind('faxFlag', 'Fax', true),
    kind('phoneFlag', 'Cell'),
    kind('phoneFlag', 'Home'),
    kind('emailFlag', 'Email 2'),
    kind('phoneFlag', 'Pager'),
  ],
  configurationTypes: DEVICE_TYPES.map((name) => ({
    name,
    inactiveFlag: name === 'License',
    systemFlag: name.startsWith('Managed'),
  })),
  configurationStatuses: [
    { description: 'Active', closedFlag: false, defaultFlag: true },
    ...described('In Stock', 'In Repair', 'On Order', 'Spare').map((row) => ({
      ...row,
      closedFlag: false,
      defaultFlag: false,
    })),
    ...described('Decommissioned', 'Retired').map((row) => ({ ...row, closedFlag: true, defaultFlag: false })),
  ],
  questions: QUESTIONS.map(([type, fieldType, entryType, question, requiredFlag = false], at) => ({
    configurationType: typeReference(type),
    fieldType,
    entryType,
    sequenceNumber: at + 1,
    question,
    numberOfDecimals: 0,
    requiredFlag,
    inactiveFlag: false,
  })),
  questionValues: ['Basic', 'Advanced', 'Enterprise'].map((value) => ({
    configurationType: typeReference('Firewall'),
    question: { id: 5 },
    value,
    defaultFlag: value === 'Basic',
    inactiveFlag: false,
  })),
  manufacturers: named(...MANUFACTURERS).map((row) => ({ ...row, inactiveFlag: false })),
  userDefinedFields: [
    customField(1, 'Contract Tier', 'Text', 'List', {
      options: ['Gold', 'Silver', 'Bronze'].map((optionValue, at) => ({
        id: at + 1,
        optionValue,
        defaultFlag: false,
        inactiveFlag: false,
        sortOrder: at + 1,
      })),
    }),
    customField(1, 'Onboarded On', 'Date', 'Date'),
    customField(1, 'Seats', 'Number'),
    customField(2, 'Badge Number', 'Text'),
    customField(3, 'Alarm Code Location', 'Text'),
    customField(16, 'Asset Owner', 'Text'),
    customField(16, 'Encrypted', 'Checkbox', 'Option'),
  ],
};
