import {
  all,
  decimal,
  flag,
  id,
  integer,
  long,
  picklist,
  readOnly,
  required,
  text,
  time,
  to,
  type Fields,
} from './field.ts';

export const PRODUCT: Fields = {
  ...id,
  name: required(text(1000)),
  isActive: required(flag),
  isSerialized: required(flag),
  productBillingCodeID: required(integer),
  manufacturerName: text(100),
  manufacturerProductName: text(50),
  description: text(2000),
  ...all(text(50), 'sku', 'internalProductID', 'externalProductID', 'vendorProductNumber'),
  link: text(500),
  productCategory: picklist('productCategory'),
  periodType: picklist('period'),
  billingType: readOnly(picklist('billingType')),
  priceCostMethod: readOnly(integer),
  markupRate: readOnly(decimal),
  ...all(decimal, 'unitCost', 'unitPrice', 'msrp'),
  ...all(integer, 'defaultVendorID', 'chargeBillingCodeID'),
  defaultInstalledProductCategoryID: to('ConfigurationItemCategories'),
  ...all(flag, 'doesNotRequireProcurement', 'isEligibleForRma'),
  ...all(readOnly(integer), 'createdByResourceID', 'impersonatorCreatorResourceID'),
  createdTime: readOnly(time),
};

export const CONFIGURATION_ITEM_TYPE: Fields = { ...id, name: required(text(100)), isActive: required(flag) };

export const CONFIGURATION_ITEM_CATEGORY: Fields = {
  ...id,
  name: required(text(100)),
  nickname: text(3),
  displayColorRGB: required(picklist('categoryColor')),
  isActive: required(flag),
  ...all(readOnly(flag), 'isClientPortalDefault', 'isGlobalDefault'),
};

export const COMPANY_CATEGORY: Fields = {
  ...id,
  name: required(text(100)),
  nickname: text(3),
  displayColorRGB: required(picklist('categoryColor')),
  isActive: required(flag),
  ...all(readOnly(flag), 'isApiOnly', 'isGlobalDefault'),
};

export const CLASSIFICATION_ICON: Fields = {
  ...id,
  name: text(100),
  description: text(500),
  relativeUrl: text(500),
  isActive: flag,
  isSystem: readOnly(flag),
};

export const COUNTRY: Fields = {
  ...id,
  addressFormatID: long,
  countryCode: readOnly(text(2)),
  name: readOnly(text(50)),
  displayName: text(100),
  ...all(flag, 'isActive', 'isDefaultCountry'),
  ...all(integer, 'invoiceTemplateID', 'purchaseOrderTemplateID', 'quoteTemplateID'),
};

export const RESOURCE: Fields = {
  ...id,
  ...all(text(50), 'firstName', 'middleName', 'lastName', 'initials', 'title', 'accountingReferenceID'),
  ...all(text(254), 'email', 'email2', 'email3'),
  ...all(text(20), 'emailTypeCode', 'emailTypeCode2', 'emailTypeCode3', 'dateFormat', 'timeFormat', 'numberFormat'),
  ...all(text(32), 'userName', 'gender', 'resourceType', 'travelAvailabilityPct'),
  ...all(text(25), 'homePhone', 'mobilePhone', 'officePhone', 'officeExtension'),
  hireDate: time,
  isActive: flag,
  licenseType: picklist('licenseType'),
  ...all(integer, 'greeting', 'suffix', 'locationID', 'payrollType', 'userType'),
  defaultServiceDeskRoleID: long,
  internalCost: decimal,
  surveyResourceRating: readOnly(decimal),
};
