/**
 * Every fact about ConnectWise that its documents leave open and this adapter takes for granted, in one place. `text` says
 * what happens when it is wrong; the constants beside it are what to change.
 */
export const ASSUMPTIONS = [
  {
    name: 'Version of the interface',
    text: 'Requests name version 2025.1: older servers answer with their newest model before it. A server that refuses the version answers 400 to everything.',
  },
  {
    name: 'API hosts',
    text: 'Regional cloud hosts (na, eu, au, aus, za, staging) get `api-` in front; sandbox hosts are used as entered, because reports differ. An address with the path of the API is never changed.',
  },
  {
    name: 'End of a list',
    text: 'A forward-only list ends with an empty `Link` header. Where a gateway removes the empty header, a full page costs one more request; a page shorter than asked for is then the last.',
  },
  {
    name: 'Arrays in `fields`',
    text: '`types` and `communicationItems` are asked for whole: selecting inside of arrays is not documented.',
  },
  {
    name: 'Company types as a filter',
    text: 'Ticked company types are not sent as a filter. Members of arrays are filtered by `childConditions`, and servers have been seen to answer a wrong one with an empty list instead of an error, which would look like a PSA without companies.',
  },
  {
    name: 'Communications without a kind',
    text: 'A communication whose `communicationType` is missing is an e-mail address when it holds an @, otherwise a phone number.',
  },
  {
    name: 'Dates',
    text: 'Purchase, installation and warranty dates are midnight UTC; the day is taken in UTC whatever the time.',
  },
  {
    name: 'Rate limit',
    text: 'The vendor names about 1,000 requests a minute and not whose they are; the budget stays at 900 for the integration.',
  },
  {
    name: 'Invisible is missing',
    text: 'A record that the security role hides is taken for gone when it is asked for by id, because ConnectWise leaves it out silently. The limit on orphans stops a sweep after a role was cut down.',
  },
  {
    name: 'Clearing a field',
    text: 'A field is cleared by `remove`, which is recorded for texts and dates and not for references (parent, contact, site, manufacturer). Where it has no effect, the record is read back with its old value, and the push says that it was not taken.',
  },
  {
    name: 'References by name',
    text: 'The country of a site is sent by its name, all other references by id. A name that ConnectWise does not have is refused; nothing is guessed.',
  },
  {
    name: 'Primary site',
    text: "A company's primary site is changed through its `site`. Where that has no effect, the push says that it was not taken.",
  },
  {
    name: 'Custom fields in a PATCH',
    text: 'A change of a record is sent without its custom fields. Only when a server refuses that because of them, it is sent once more with an empty list of changes, which is recorded to change none.',
  },
  {
    name: 'Items one by one',
    text: 'E-mail addresses, phone numbers and types are written as sub-resources, one request for each: changing a whole list in the contact is known to go wrong. Changing a single item keeps its id.',
  },
  {
    name: 'Order of types',
    text: 'The types of a record come in the order in which they were added. Where they do not, a change of type that broke off in the middle can leave the old type beside the new one.',
  },
  {
    name: 'Types that are there',
    text: 'Adding a type that the record has already is refused with "already exists", and taken for done. Other words for it would fail the push.',
  },
  {
    name: 'Duplicate contacts',
    text: '`ignoreDuplicates` is never sent. A new contact was searched for by its name before, so the refusal of a duplicate means that one was made since; the push then fails with that reason and makes no second one.',
  },
  {
    name: 'Names in filters',
    text: 'Looking for a record before it is made uses `like` and relies on ConnectWise ignoring upper and lower case, as its database usually does. Where it does not, a record whose name differs in case is not found, and a second one is made.',
  },
  {
    name: 'Answers that leave it open',
    text: 'A write that is answered with 503, 429 or any 4xx was not carried out; after another 5xx, a time-out or a broken connection it may have been, and what ConnectWise holds is read before anything is sent again.',
  },
] as const;

export const API_VERSION = '2025.1';

/** Of on-premise servers, and where a server does not say. */
export const DEFAULT_CODEBASE = 'v4_6_release/';

/** Cloud hosts whose API answers at the same name with `api-` in front. */
export const HOSTS_WITH_API_SIBLING = /^(?:[a-z]{2,3}\.myconnectwise\.net|staging\.connectwisedev\.com)$/u;

/** Documented: addresses over 2,000 characters may be answered with 414. This is for the query; the rest is host and path. */
export const MAX_QUERY_CHARACTERS = 1_750;

/** Documented maximum; the default of the API would be 25. */
export const PAGE_SIZE = 1_000;
