import * as f from './field.ts';
import type { Fields } from './field.ts';

/** Lookup tables got a GUID in this release. */
const connectWiseId = f.since(f.RELEASE_2026_11, f.text());
const named = { id: f.id, name: f.required(f.text(50)) };
const described = { id: f.id, description: f.required(f.text(50)) };
const alerts = { serviceAlertFlag: f.flag, serviceAlertMessage: f.text(150) };

export const COMPANY_TYPE: Fields = {
  ...named,
  defaultFlag: f.flag,
  vendorFlag: f.flag,
  ...alerts,
  _info: f.info,
  connectWiseId,
};

export const COMPANY_STATUS: Fields = {
  ...named,
  defaultFlag: f.flag,
  inactiveFlag: f.flag,
  notifyFlag: f.flag,
  disallowSavingFlag: f.flag,
  notificationMessage: f.text(500),
  customNoteFlag: f.flag,
  cancelOpenTracksFlag: f.flag,
  track: f.reference('tracks'),
  _info: f.info,
  connectWiseId,
};

// Contact types, configuration statuses and communication types call their label `description`; everything that refers
// to them calls it `name`.
export const CONTACT_TYPE: Fields = { ...described, defaultFlag: f.flag, ...alerts, _info: f.info, connectWiseId };

export const CONFIGURATION_STATUS: Fields = {
  ...described,
  closedFlag: f.flag,
  defaultFlag: f.flag,
  _info: f.info,
  connectWiseId,
};

export const COMMUNICATION_TYPE: Fields = {
  id: f.id,
  description: f.required(f.text()),
  phoneFlag: f.flag,
  faxFlag: f.flag,
  emailFlag: f.flag,
  defaultFlag: f.flag,
  exchangeXref: f.text(50),
  iphoneXref: f.text(50),
  androidXref: f.text(50),
  googleXref: f.text(50),
  _info: f.info,
  connectWiseId,
  disabled: f.since('2025.8', f.flag),
};

export const CONFIGURATION_TYPE: Fields = {
  ...named,
  inactiveFlag: f.flag,
  systemFlag: f.flag,
  _info: f.info,
  connectWiseId,
};

export const RELATIONSHIP: Fields = { ...named, _info: f.info, connectWiseId };
export const DEPARTMENT: Fields = { ...named, _info: f.info };
export const MANUFACTURER: Fields = { ...named, inactiveFlag: f.flag, _info: f.info };

export const COUNTRY: Fields = {
  ...named,
  defaultFlag: f.flag,
  currency: f.required(f.reference('currencies')),
  cityCaption: f.text(25),
  stateCaption: f.text(25),
  zipCaption: f.text(25),
  zipMinimumLength: f.integer,
  dialingPrefix: f.text(5),
  addressFormat: f.reference('addressFormats'),
  countryCode: f.text(2),
  coreEntityCountryCode: f.text(),
  localizationCaptionOne: f.text(25),
  localizationValueOne: f.text(50),
  _info: f.info,
  connectWiseId,
  disabled: f.since(f.RELEASE_2026_11, f.flag),
};

export const STATE: Fields = {
  id: f.id,
  identifier: f.required(f.text(50)),
  name: f.required(f.text(50)),
  country: f.required(f.reference('countries')),
  _info: f.info,
};

export const CURRENCY: Fields = {
  id: f.id,
  symbol: f.text(),
  currencyCode: f.text(),
  decimalSeparator: f.text(),
  numberOfDecimals: f.integer,
  thousandsSeparator: f.text(),
  negativeParenthesesFlag: f.flag,
  displaySymbolFlag: f.flag,
  currencyIdentifier: f.text(),
  displayIdFlag: f.flag,
  rightAlign: f.flag,
  name: f.text(),
  _info: f.info,
};

/** Tables that records refer to and that this simulator serves nowhere by themselves. */
export const PLAIN_LOOKUP: Fields = { id: f.id, identifier: f.text(), name: f.text(), _info: f.info };
