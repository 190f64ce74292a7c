import type { AdapterNotes } from '../contract.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { RIGHTS } from './rights.ts';

export const NOTES: AdapterNotes = {
  summary:
    'Tigerpaw, classic REST API (18.2.1), hosted and on premise: accounts, active contacts, and their addresses as locations, one way. Configurations do not sync, and nothing is ever written. The newer Rev.io PSA cloud has another API and is not covered.',
  permissions: Object.values(RIGHTS),
  required: {},
  traps: [
    'Two-way sync can not be switched on: Tigerpaw only gives. Synced fields stay read-only here; change them in Tigerpaw.',
    'Keys belong to a rep, and see what the security role of that rep sees. What it hides looks deleted.',
    'Every request is signed with the time. A machine whose clock is wrong is corrected by the clock of the server.',
    'Nothing tells what has changed: every sync reads all accounts, and one request for each contact, because lists of contacts show one phone number and one e-mail address only.',
    'Only active contacts sync. One that is made inactive becomes orphaned.',
    'Addresses are no records in Tigerpaw: a changed one is another location, and the old location stays here as an orphan once nobody has that address any more.',
    'Locations are matched by account and address, whatever their names are; they then take the first line of the address as their name.',
    'The same person may be a contact of several accounts, and is then several contacts here.',
  ],
  assumptions: ASSUMPTIONS,
};
