import { COMPANY, COMPANY_TYPE_ASSOCIATION, SITE } from './company.ts';
import { CONFIGURATION, QUESTION, QUESTION_VALUE } from './configuration.ts';
import { COMMUNICATION, CONTACT, CONTACT_TYPE_ASSOCIATION } from './contact.ts';
import type { CollectionName } from './collection-name.ts';
import type { Fields } from './field.ts';
import * as lookups from './lookups.ts';
import { CALLBACK, USER_DEFINED_FIELD } from './system.ts';

export interface CollectionSpec {
  /** As messages name a row: "Contact 57919 not found". */
  readonly singular: string;
  readonly fields: Fields;
  /** The field whose text references show; a contact shows first and last name. */
  readonly label: string;
  /** What references call the label; `name` if not said. */
  readonly shownAs?: string;
  /** Name of the reference's type in the vendor's document. */
  readonly reference: string;
  /** The field that references show as `identifier`, where they have one. */
  readonly identifier?: string;
  /** References hold the whole row. */
  readonly whole?: boolean;
  /** Where a reference's `_info` link points, below the API's root; `{id}` is the row's. */
  readonly href?: string;
  /** References, and number fields, that rows are looked up by. */
  readonly indexes?: readonly string[];
}

const spec = (
  singular: string,
  fields: Fields,
  reference: string,
  more: Partial<CollectionSpec> = {},
): CollectionSpec => ({ singular, fields, reference, label: 'name', ...more });

const plain = (singular: string, reference: string, more: Partial<CollectionSpec> = {}): CollectionSpec =>
  spec(singular, lookups.PLAIN_LOOKUP, reference, more);

const described = { label: 'description' };

export const COLLECTIONS: Readonly<Record<CollectionName, CollectionSpec>> = {
  companies: spec('Company', COMPANY, 'CompanyReference', {
    identifier: 'identifier',
    href: '/company/companies/{id}',
  }),
  sites: spec('Site', SITE, 'SiteReference', { href: '/company/companies/{company}/sites/{id}', indexes: ['company'] }),
  contacts: spec('Contact', CONTACT, 'ContactReference', {
    href: '/company/contacts/{id}',
    indexes: ['company', 'site', 'managerContact', 'assistantContact'],
  }),
  configurations: spec('Configuration', CONFIGURATION, 'ConfigurationReference', {
    indexes: ['company', 'site', 'contact', 'parentConfigurationId'],
  }),
  communications: spec('Communication', COMMUNICATION, 'CommunicationReference', {
    label: 'value',
    indexes: ['contactId'],
  }),
  companyTypeAssociations: spec('CompanyTypeAssociation', COMPANY_TYPE_ASSOCIATION, 'TypeAssociationReference', {
    indexes: ['company'],
  }),
  contactTypeAssociations: spec('ContactTypeAssociation', CONTACT_TYPE_ASSOCIATION, 'TypeAssociationReference', {
    indexes: ['contact'],
  }),
  companyTypes: spec('CompanyType', lookups.COMPANY_TYPE, 'CompanyTypeReference', {
    href: '/company/companies/types/{id}',
  }),
  companyStatuses: spec('CompanyStatus', lookups.COMPANY_STATUS, 'CompanyStatusReference', {
    href: '/company/companies/statuses/{id}',
  }),
  contactTypes: spec('ContactType', lookups.CONTACT_TYPE, 'ContactTypeReference', {
    ...described,
    href: '/company/contacts/types/{id}',
  }),
  contactDepartments: spec('ContactDepartment', lookups.DEPARTMENT, 'ContactDepartmentReference'),
  relationships: spec('ContactRelationship', lookups.RELATIONSHIP, 'RelationshipReference'),
  communicationTypes: spec('CommunicationType', lookups.COMMUNICATION_TYPE, 'CommunicationTypeReference', {
    ...described,
    href: '/company/communicationTypes/{id}',
  }),
  configurationTypes: spec('ConfigurationType', lookups.CONFIGURATION_TYPE, 'ConfigurationTypeReference', {
    href: '/company/configurations/types/{id}',
  }),
  configurationStatuses: spec('ConfigurationStatus', lookups.CONFIGURATION_STATUS, 'ConfigurationStatusReference', {
    ...described,
    href: '/company/configurations/statuses/{id}',
  }),
  questions: spec('Configuration Type Question', QUESTION, 'ConfigurationTypeQuestionReference', {
    label: 'question',
    shownAs: 'question',
    indexes: ['configurationType'],
  }),
  questionValues: spec('Configuration Type Question Value', QUESTION_VALUE, 'QuestionValueReference', {
    label: 'value',
    indexes: ['question'],
  }),
  manufacturers: spec('Manufacturer', lookups.MANUFACTURER, 'ManufacturerReference', {
    href: '/procurement/manufacturers/{id}',
  }),
  countries: spec('Country', lookups.COUNTRY, 'CountryReference', {
    identifier: 'countryCode',
    href: '/company/countries/{id}',
  }),
  states: spec('State', lookups.STATE, 'StateReference', { identifier: 'identifier', href: '/company/states/{id}' }),
  userDefinedFields: spec('UserDefinedField', USER_DEFINED_FIELD, 'UserDefinedFieldReference', { label: 'caption' }),
  callbacks: spec('CallbackEntry', CALLBACK, 'CallbackReference', { label: 'description' }),

  addressFormats: plain('AddressFormat', 'AddressFormatReference'),
  billingTerms: plain('BillingTerms', 'BillingTermsReference'),
  calendars: plain('Calendar', 'CalendarReference', { href: '/schedule/calendars/{id}' }),
  currencies: spec('Currency', lookups.CURRENCY, 'CurrencyReference', { whole: true }),
  deliveryMethods: plain('BillingDelivery', 'BillingDeliveryReference'),
  documents: plain('Document', 'DocumentReference'),
  emailTemplates: plain('EmailTemplate', 'EmailTemplateReference'),
  entityTypes: plain('EntityType', 'EntityTypeReference'),
  invoiceTemplates: plain('InvoiceTemplate', 'InvoiceTemplateReference'),
  markets: plain('Market', 'MarketDescriptionReference'),
  members: plain('Member', 'MemberReference', { identifier: 'identifier', href: '/system/members/{id}' }),
  ownershipTypes: plain('OwnershipType', 'OwnershipTypeReference'),
  pricingSchedules: plain('PricingSchedule', 'PricingScheduleReference'),
  sicCodes: plain('SicCode', 'SicCodeReference'),
  slas: plain('SLA', 'SLAReference'),
  systemDepartments: plain('Department', 'SystemDepartmentReference', { identifier: 'identifier' }),
  systemLocations: plain('Location', 'SystemLocationReference', { href: '/system/locations/{id}' }),
  taxCodes: plain('TaxCode', 'TaxCodeReference'),
  timeZones: plain('TimeZoneSetup', 'TimeZoneSetupReference', { href: '/system/timeZoneSetups/{id}' }),
  tracks: plain('Track', 'TrackReference'),
};
