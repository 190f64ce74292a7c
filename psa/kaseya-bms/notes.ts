import type { AdapterNotes } from '../contract.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { API_ACCESS, PERMISSIONS, WRITE_PERMISSIONS } from './lists.ts';
import type { Product } from './products.ts';
import { REQUIRED } from './write/required.ts';

export function notesOf({ summary, title }: Product): AdapterNotes {
  return {
    summary: `${summary} Custom fields, software assets and tickets are not synced.`,
    permissions: [API_ACCESS, ...Object.values(PERMISSIONS), ...Object.values(WRITE_PERMISSIONS)],
    required: REQUIRED,
    traps: [
      `${title} allows 1,500 requests an hour to each endpoint. A list holds too little of a device, so every device that syncs takes a request of its own: 10,000 devices take some seven hours, whatever the machine. Only devices that the gate and their organization let in are asked for, and \`psa-sync run view\` says when the run is expected to end: how many of the devices in the list are such is told by those met so far, a sample of all pages at first.`,
      'The check tells which rights to read are missing, and none to write: the API gives the rights of a user by numbers of menus (`security/userinfo`), and what these stand for is not published. A push that lacks one is refused and names it.',
      'A change of a device is seen in the next full sync: the API has no list of what changed.',
      'Status is a flag: Active and Inactive are the two rows to tick, for accounts and for devices.',
      'Locations only come from the PSA: API V2 makes none but the first one of a new account, and changes none. The same goes for which one is the main location.',
      'A location that is made here for an account that syncs is kept here alone: the answer says so in `meta`, and its push is refused with the same reason. Make it in the PSA by the same name and address, and the next full sync ties the two; a contact or a device that waits for it follows by itself. The older API V1 is said to make and change locations; what it takes, and whether its ids are those of V2, is not documented, so it is not used.',
      'A location can have several addresses: the main one is taken.',
      'A new contact is pushed when it has a first name, a location, a primary e-mail address and a primary phone number, and when a type of e-mail addresses is chosen in the push settings.',
      'Phone numbers have no extension: a number with one is not pushed until it stands in the number.',
      'E-mail addresses and phone numbers are changed by their old value: of two equal ones in one contact the first is changed.',
      'A primary e-mail address or phone number takes that over from the one before; none at all can not be said.',
      'A device is changed by replacing all of it: it is read just before, and what others write in between is lost.',
      'The API takes the computer name of a device (`ComputerName`) and never shows it: if a replacement empties what it leaves out, that name is lost with a change from here.',
      'A device needs a location: one without it is refused until it has one.',
      'No account can be deleted; it becomes inactive. Contacts and devices are deleted for good; only a full sync notices.',
      'Deleting records while a list is read moves others to pages that were read already: they are read by the next run, and none is taken for gone without being asked for by its id.',
      'Of a user with a second factor the login takes its code, which changes and is not sent: use an API Employee, of whom none is asked. What such a user is answered without it is not documented, so every refused login names this among the things to check.',
    ],
    assumptions: ASSUMPTIONS,
  };
}
