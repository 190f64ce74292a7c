import type { PullChoice, PullSetting } from '../contract.ts';

/** What refers to a location is worked out from addresses, and has no place in Autotask to be written to. */
export const WORKED_OUT = {
  location: 'all',
  organization: ['primaryLocation'],
  contact: ['location'],
  configuration: ['location'],
} as const satisfies PullChoice['oneWay'];

export const LOCATIONS = {
  name: 'locations',
  label: 'Where locations come from',
  hint: "Autotask's company locations, both ways; or the addresses of companies and contacts, as IT Glue once did: one way, and a changed address makes a new location while the old one stays here as an orphan.",
  change:
    'After a change, locations that came the other way become orphans with the next full sync: they stay here with all that was entered in them, and where they are many, the sync asks before. Organizations and contacts then refer to the new ones.',
  default: 'companyLocations',
  choices: [
    { value: 'companyLocations', name: 'Company locations', oneWay: {} },
    {
      value: 'addresses',
      name: 'Addresses of companies and contacts',
      oneWay: WORKED_OUT,
      after: { location: 'contact' },
    },
  ],
} as const satisfies PullSetting;

/** Whether locations are made of addresses. */
export function fromAddresses(settings: Readonly<Record<string, string>> = {}): boolean {
  return (settings[LOCATIONS.name] ?? LOCATIONS.default) === 'addresses';
}
