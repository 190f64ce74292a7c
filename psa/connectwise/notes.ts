import type { AdapterNotes } from '../contract.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { PERMISSIONS, WRITE_PERMISSIONS } from './lists.ts';
import { REQUIRED } from './write/required.ts';

export const NOTES: AdapterNotes = {
  summary:
    'ConnectWise PSA (formerly Manage), REST API 3.0, in the cloud and on premise. Custom fields, configuration questions and tickets are not synced.',
  permissions: [...Object.values(PERMISSIONS), ...Object.values(WRITE_PERMISSIONS)],
  required: REQUIRED,
  traps: [
    'A role with "My" instead of "All" hides records without an error; they then look deleted.',
    'The check tells which rights to read are missing, and none to write: no route that says what a role may write is documented for every member. A push that lacks one is refused and names it.',
    'Sites exist only under a company: reading them takes one request for each company that syncs.',
    'A deleted company stays readable with its `deletedFlag`; a merged one too, still with an active status. Both count as gone.',
    'Contacts, sites and configurations are deleted for good and leave no trace; only a full sync notices.',
    'A contact need not have a company. Such contacts stay outside.',
    'Statuses are rows of a list that every ConnectWise names as it likes; what counts as active is what is ticked.',
    'A 404 can mean a company that was moved to another codebase: the codebase is looked up again, and nothing is taken for deleted because of a 404.',
    'The same label is called `description` in the lists of contact types and configuration statuses, and `name` wherever a record refers to them.',
    'MAC addresses are free text. Several in one field, or a text of more than 17 characters, are not taken.',
    'A default fax is not the primary phone: ConnectWise keeps one default each for e-mail, phone and fax.',
    'A new company gets a site of its own at once, and a company id: our short name, or else the first 25 letters and digits of its name. If that id is taken, ConnectWise refuses the company until it has a short name.',
    'Names may be longer in newer releases: 50 characters, and 156 since 2026.11; a company id 25, 30 since 2022.2, 156 since 2026.11. The release is asked of the server.',
    'ConnectWise checks the whole stored record on every change. Old bad data in a field that nobody touched makes it refuse all changes, until somebody mends that field in ConnectWise.',
    'Of several types only ours is exchanged. When another type of the company is ticked as well and stands before it, that one is read as its type afterwards.',
    'E-mail addresses and phone numbers come back in the order in which they were added: their order can not be changed.',
    'A type of an e-mail address or a phone number that ConnectWise does not have (System > Setup Tables > Communication Type) becomes the one chosen in the push settings.',
    'An e-mail address or phone number that is primary takes that over from the one before; none at all can not be said.',
    'A site does not move to another company, and its phone and fax are changed in ConnectWise only.',
    'Texts other than notes are kept in one line: a line break becomes a blank.',
    'Nothing is cut: what is too long for ConnectWise is said by name, and not sent.',
  ],
  assumptions: ASSUMPTIONS,
};
