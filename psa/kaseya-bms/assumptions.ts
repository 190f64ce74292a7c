/**
 * Every fact about the V2 API that its documents leave open and this adapter takes for granted, in one place. `text` says what
 * happens when it is wrong; the constants beside it are what to change.
 */
export const ASSUMPTIONS = [
  {
    name: 'API hosts',
    text: 'The API stands at the host of the gateway with `api.` in front, below `/v2`. An address that begins with `api.`, has a port or a path is used as entered.',
  },
  {
    name: 'Size and order of pages',
    text: 'Pages of 100 are asked for; the largest page is not published. Where the server gives fewer, reading goes on until a page is empty or the total is reached. The order of lists is not published either: a record that moves between pages while they are read waits for the next run.',
  },
  {
    name: 'Inactive records',
    text: 'Active and inactive records are asked for one after the other, because it is not documented which of them a list without a filter shows.',
  },
  {
    name: 'Status of a device',
    text: 'The status is `isActive`. The API has a `state` beside it, whose list of rows can not be asked for by any documented name.',
  },
  {
    name: 'Manufacturer',
    text: 'The manufacturer is `manufacturerId`, not the brand nor the maker of chassis or motherboard.',
  },
  {
    name: 'Names of lookup tables',
    text: 'Categories of devices, types of e-mail addresses and phone numbers and business types are asked for by names that are guessed (AssetCategory, EmailType, PhoneType, BusinessType). Where a name is refused, the rows that records use are taken instead: a row that no record uses can not be chosen then.',
  },
  {
    name: 'Codes of changes',
    text: 'E-mail addresses and phone numbers are added by operation 0, changed by 1 and removed by 2. Where that is wrong, the record is read back with other values, and the push says that they were not taken.',
  },
  {
    name: 'Filters of names',
    text: 'An account is looked for before it is made by its whole name and by its longest word, active and inactive. That finds it whether the filter compares whole texts or parts of them, and fails only where the filter minds upper and lower case.',
  },
  {
    name: 'Failures under HTTP 200',
    text: 'A failure in the envelope is told apart by its code and the words of its message. What is not recognised is a refusal of a write, and a fault of the server for a read, which is tried again.',
  },
  {
    name: 'Not found',
    text: 'A record is gone when the API says "not found" in its envelope. A 404 without an envelope is taken for a wrong address, and proves nothing.',
  },
  {
    name: 'The limit of an hour',
    text: 'The 1,500 requests an hour are counted by the path without its ids. It is not published whether any hour past or the hour of the clock counts: 115 in 5 minutes keep within either.',
  },
  {
    name: 'Asking to slow down',
    text: 'What is answered beyond the limit is not published. A 429 is understood, with its Retry-After or without, and a 503 is tried again, after its Retry-After where it has one. Under HTTP 200 a failure of the code 429, or whose message speaks of a quota or of too many requests, counts as one and rests a minute. In other words, a read is tried again as after a fault of the server, and a write is taken for refused.',
  },
  {
    name: 'Managers of accounts',
    text: 'The ids of `hr/employees/lookup` are what a new account takes as its manager. Where they are others, a new account is refused with the name of that field, or gets another manager.',
  },
  {
    name: 'Paths of changes',
    text: 'Accounts and contacts are changed by JSON Patch with paths that begin with a capital (`/AccountName`), as a client of tickets was seen to send them. A server that minds that refuses the change, or takes none of it: the push says which.',
  },
  {
    name: 'Host of Vorex',
    text: 'The API of Vorex stands at api.vorexlogin.com. A table of the vendor has api.vorexlogin.kaseya.com beside it: enter that if the first does not answer.',
  },
  {
    name: 'Pulseway PSA is Kaseya BMS',
    text: 'Pulseway PSA takes the requests of the API of Kaseya BMS 5.58, whose document this adapter is made from. Where a deployment lacks a request, a push that needs it is refused and says so, and a check or a sync names the address.',
  },
  {
    name: 'Tokens',
    text: 'How long a token lasts is read from the login. A request that is refused with 401 is sent once more with a new token.',
  },
  {
    name: 'Second factor',
    text: 'A login that lacks the code of a second factor is refused like one with a wrong password. Should it be answered as another failure under HTTP 200, it is taken for a fault of the server and tried again.',
  },
  {
    name: 'Clearing a field',
    text: 'A field is cleared by replacing it with null, and an asset by leaving it out of the whole that replaces it.',
  },
  {
    name: 'Ids of locations',
    text: 'The id of a location is unique among all accounts.',
  },
] as const;

export const PAGE_SIZE = 100;

/** Names for `system/lookup/{tableName}`. */
export const TABLES = {
  assetCategory: 'AssetCategory',
  businessType: 'BusinessType',
  emailType: 'EmailType',
  phoneType: 'PhoneType',
} as const;

export const PART_OPERATIONS = { add: 0, update: 1, remove: 2 } as const;
