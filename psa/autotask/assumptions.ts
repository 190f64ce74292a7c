/**
 * Every fact about Autotask that its documents leave open and this adapter takes for granted, in one place. `text` says what
 * happens when it is wrong; the constants beside it are what to change.
 */
export const ASSUMPTIONS = [
  {
    name: 'Order of lists',
    text: 'Queries answer in the order of ids, which was seen and is not documented; pages are asked for by `id` above the last one. A page that goes backwards is not taken, and the sync waits.',
  },
  {
    name: 'End of a list',
    text: 'The last page has no `nextPageUrl`. Its address is never followed.',
  },
  {
    name: 'Calls at once',
    text: 'Autotask takes three calls at once for each tracking identifier and entity, and counts a call for a moment longer than it takes: two are sent. A write below a company counts for what is written.',
  },
  {
    name: 'Requests an hour',
    text: '10,000 in any hour are for all integrations of a tenant together; 600 in five minutes leave more than a quarter to others. What is answered beyond the limit is not documented: any error that speaks of a threshold is taken for it, and everything waits.',
  },
  {
    name: 'Refusals',
    text: 'An answer of 500 with a list of errors is a refusal and was not carried out, unless it speaks of an unexpected error: that, like every other 5xx but 503, leaves it open.',
  },
  {
    name: 'Pages in HTML',
    text: 'A 404 in HTML is maintenance, never a record that is gone.',
  },
  {
    name: 'Invisible is missing',
    text: 'A record that the security level hides is taken for gone when it is asked for by id, because Autotask leaves it out silently. The limit on orphans stops a sweep after a level was cut down.',
  },
  {
    name: 'Rights to write',
    text: 'What the API user may make and change is taken from what Autotask says of each entity (`userAccessForCreate`, `userAccessForUpdate`): `None` is a missing right, every other word some. Where it says too much, the push is refused and names the right.',
  },
  {
    name: 'Clearing a field',
    text: 'A field is cleared by null. Where that has no effect, the record is read back with its old value, and the push says that it was not taken.',
  },
  {
    name: 'Primary location',
    text: "An organization's primary location is changed by marking the other one as primary, which takes the mark from the one before. A new company gets one of its own; if it did not, the organization would have none until somebody makes one.",
  },
  {
    name: 'Company without a bill-to choice',
    text: 'New companies are sent with `billToAddressToUse` 1: without it Autotask has failed for some with an unexpected error.',
  },
  {
    name: 'Names in filters',
    text: 'Looking for a record before it is made uses `contains` and relies on Autotask ignoring upper and lower case, as its database usually does. Where it does not, a record whose name differs in case is not found, and a second one is made.',
  },
  {
    name: 'Products',
    text: 'Manufacturer and model are those of the product of a device. Of several products that have both, the one with the lowest id is taken; of one that is only just being made by somebody else a second one may be made.',
  },
] as const;

/** Where any customer's zone is asked for. */
export const DISCOVERY_ADDRESS = 'https://webservices.autotask.net';

/** A newer one is listed, and has no zone information. */
export const API_VERSION = 'V1.0';

/** Where an administrator finds the rights of the API user. */
export const SECURITY_LEVELS = 'Autotask: Admin > Resources (Users) > Security Levels';

/** Documented maximum. */
export const PAGE_SIZE = 500;

/** Of at most 500 values in all alternatives of a query. */
export const MAX_ALTERNATIVES = 400;

/** A list (types, countries) is asked for anew after this time. */
export const LISTS_KEPT_MS = 300_000;

/** A list that lacks what a record names is asked for anew after this time already; records may name what is gone for good. */
export const LIST_ASKED_AGAIN_MS = 10_000;

/** Names of products and people are asked for anew after this time, where single records are read. */
export const RECORD_NAMES_KEPT_MS = 60_000;

/** Calls at once are over within a moment. */
export const THREADS_REST_MS = 2_000;

/** The hour moves on by the minute: asking sooner would only use it up. */
export const HOUR_REST_MS = 300_000;
