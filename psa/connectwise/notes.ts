import type { AdapterNotes } from '../contract.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { PERMISSIONS } from './lists.ts';

export const NOTES: AdapterNotes = {
  summary:
    'ConnectWise PSA (formerly Manage), REST API 3.0, in the cloud and on premise. Custom fields, configuration questions and tickets are not synced.',
  permissions: Object.values(PERMISSIONS),
  traps: [
    'A role with "My" instead of "All" hides records without an error; they then look deleted.',
    'Sites exist only under a company: reading them takes one request for each company that syncs.',
    'A deleted company stays readable with its `deletedFlag`; a merged one too, still with an active status. Both count as gone.',
    'Contacts, sites and configurations are deleted for good and leave no trace; only a full sync notices.',
    'A contact need not have a company. Such contacts stay outside.',
    'Statuses are rows of a list that every ConnectWise names as it likes; what counts as active is what is ticked.',
    'A 404 can mean a company that was moved to another codebase: the codebase is looked up again, and nothing is taken for deleted because of a 404.',
    'The same label is called `description` in the lists of contact types and configuration statuses, and `name` wherever a record refers to them.',
    'MAC addresses are free text. Several in one field, or a text of more than 17 characters, are not taken.',
    'A default fax is not the primary phone: ConnectWise keeps one default each for e-mail, phone and fax.',
  ],
  assumptions: ASSUMPTIONS,
};
