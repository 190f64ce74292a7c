import * as f from './field.ts';
import type { Fields } from './field.ts';

/** A webhook subscription. */
export const CALLBACK: Fields = {
  id: f.id,
  description: f.text(100),
  url: f.required(f.text()),
  objectId: f.required(f.integer),
  type: f.required(f.text()),
  level: f.required(f.text()),
  memberId: f.integer,
  payloadVersion: f.text(),
  inactiveFlag: f.flag,
  isSoapCallbackFlag: f.flag,
  isSelfSuppressedFlag: f.flag,
  connectWiseID: f.text(),
  _info: f.info,
};

/** The definition of a custom field; `podId` names the screen it stands on. */
export const USER_DEFINED_FIELD: Fields = {
  id: f.id,
  podId: f.required(f.integer),
  caption: f.required(f.text(25)),
  sequenceNumber: f.required(f.integer),
  screenId: f.text(25),
  helpText: f.text(1000),
  fieldTypeIdentifier: f.required(f.FIELD_TYPES),
  numberDecimals: f.integer,
  entryTypeIdentifier: f.ENTRY_METHODS,
  requiredFlag: f.flag,
  displayOnScreenFlag: f.flag,
  readOnlyFlag: f.flag,
  listViewFlag: f.flag,
  buttonUrl: f.text(1000),
  options: f.items('UserDefinedFieldOption', {
    id: f.integer,
    optionValue: f.text(),
    defaultFlag: f.flag,
    inactiveFlag: f.flag,
    sortOrder: f.integer,
  }),
  businessUnitIds: { kind: 'integers' },
  locationIds: { kind: 'integers' },
  addAllBusinessUnits: f.flag,
  removeAllBusinessUnits: f.flag,
  addAllLocations: f.flag,
  removeAllLocations: f.flag,
  connectWiseID: f.text(),
  dateCreated: f.time,
  _info: f.info,
};
