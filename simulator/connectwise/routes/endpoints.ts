import type { CollectionName } from '../schema/collection-name.ts';
import type { Level } from '../security-role.ts';

/** A list resource: its path has one `{}` for each id of a parent. */
export interface Endpoint {
  readonly path: string;
  readonly collection: CollectionName;
  /** The field that ties a row to the last id of the path, and the collection it is in. */
  readonly parent?: { readonly field: string; readonly collection: CollectionName };
  /** The field of the parent that ties it to the id before. */
  readonly grandparent?: { readonly field: string; readonly collection: CollectionName };
  readonly usages?: true;
  /** The cheap list of names at `/info`. */
  readonly info?: true;
  /** What a method needs in the endpoint's area of the security role, where it is not what its verb says. */
  readonly needs?: Readonly<Record<string, Level | 'nothing'>>;
  /** The oldest release whose clients it serves. */
  readonly oldestVersion?: string;
}

const company = { field: 'company', collection: 'companies' } as const;
const contact = { field: 'contact', collection: 'contacts' } as const;
const configurationType = { field: 'configurationType', collection: 'configurationTypes' } as const;

/** What is a part of a record: whoever may edit the record may add and remove it. */
const PART = { POST: 'edit', DELETE: 'edit' } as const;

export const ENDPOINTS: readonly Endpoint[] = [
  { path: '/company/companies', collection: 'companies', usages: true },
  { path: '/company/companies/{}/sites', collection: 'sites', parent: company, usages: true },
  {
    path: '/company/companies/{}/typeAssociations',
    collection: 'companyTypeAssociations',
    parent: company,
    needs: PART,
  },
  { path: '/company/companies/types', collection: 'companyTypes', usages: true, info: true },
  { path: '/company/companies/statuses', collection: 'companyStatuses', usages: true, info: true },
  { path: '/company/companyTypeAssociations', collection: 'companyTypeAssociations', needs: PART },
  { path: '/company/contacts', collection: 'contacts', usages: true },
  {
    path: '/company/contacts/{}/communications',
    collection: 'communications',
    parent: { field: 'contactId', collection: 'contacts' },
    needs: PART,
  },
  {
    path: '/company/contacts/{}/typeAssociations',
    collection: 'contactTypeAssociations',
    parent: contact,
    needs: PART,
  },
  { path: '/company/contacts/types', collection: 'contactTypes', info: true },
  { path: '/company/contacts/departments', collection: 'contactDepartments', info: true },
  { path: '/company/contacts/relationships', collection: 'relationships' },
  { path: '/company/contactTypeAssociations', collection: 'contactTypeAssociations', needs: PART },
  {
    path: '/company/communicationTypes',
    collection: 'communicationTypes',
    usages: true,
    info: true,
    oldestVersion: '2020.4',
  },
  { path: '/company/configurations', collection: 'configurations' },
  { path: '/company/configurations/types', collection: 'configurationTypes', usages: true, info: true },
  { path: '/company/configurations/statuses', collection: 'configurationStatuses', usages: true, info: true },
  { path: '/company/configurations/types/{}/questions', collection: 'questions', parent: configurationType },
  {
    path: '/company/configurations/types/{}/questions/{}/values',
    collection: 'questionValues',
    parent: { field: 'question', collection: 'questions' },
    grandparent: configurationType,
    usages: true,
  },
  { path: '/company/countries', collection: 'countries', info: true },
  { path: '/company/states', collection: 'states', usages: true, info: true },
  { path: '/procurement/manufacturers', collection: 'manufacturers', info: true },
  { path: '/system/callbacks', collection: 'callbacks' },
  { path: '/system/userDefinedFields', collection: 'userDefinedFields', info: true },
];
