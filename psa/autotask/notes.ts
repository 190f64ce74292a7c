import type { AdapterNotes } from '../contract.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { PERMISSIONS, WRITE_PERMISSIONS } from './entities.ts';
import { REQUIRED } from './write/required.ts';

export const NOTES: AdapterNotes = {
  summary:
    'Autotask PSA, REST API 1.0. User-defined fields, tickets and webhooks are not synced; classifications are no gate.',
  permissions: [...Object.values(PERMISSIONS), ...Object.values(WRITE_PERMISSIONS)],
  required: REQUIRED,
  traps: [
    'Take a user of the security level API User (API-only), which costs nothing. A regular user, or an e-mail address as user name, does not work.',
    'A security level that shows less than "All" hides records without an error; they then look deleted.',
    'Company 0 is the MSP itself. It is always active and has no parent.',
    'Status is a flag: organizations and configurations have the statuses Active and Inactive, which can be ticked.',
    'Company types are a fixed list of Autotask (Customer, Lead, Prospect, Dead, Cancelation, Vendor, Partner).',
    "A customer's zone (data centre) is looked up, and looked up again when it refuses the credentials: customers are moved.",
    'Locations are the company locations. The address fields of a company are those of its primary location; they are not read.',
    'With locations made of addresses, one address of a company is one location, named by its first line, however many contacts have it. A changed address makes a new location; the old one stays here as an orphan. All that is one way: which location an organization or a contact has follows from its address, and configurations have none.',
    'Nothing moves to another company: contacts, locations and configurations are made for one and stay there.',
    'Manufacturer and model are those of a product. Changing them gives the device another product, which is looked for and, with a billing code in the push settings, made.',
    'A new company needs an owner: choose the default account manager in the push settings. A user who only uses the API is refused.',
    'A contact has one e-mail address each for Work, Email 2 and Email 3, and one number each for Work, Mobile, Alternate and Fax. The first is primary, which can not be changed.',
    'A primary location needs a phone number, and can not be inactive.',
    'References to contacts that are inactive are refused.',
    'Installed by is read only: Autotask sets it itself.',
    'Autotask refuses with an error 500. What it says is told in words of ours where we know them, and stands in the details.',
    '10,000 requests in any hour are for all integrations of a tenant together, and answers get slower as they are used up.',
    'MAC addresses, IP addresses and operating systems are known to the RMM of the same vendor only, and are not synced.',
    'Deletions and merges leave no trace; only a full sync notices.',
    'Nothing is cut: what is too long for Autotask is said by name, and not sent.',
  ],
  assumptions: ASSUMPTIONS,
};
