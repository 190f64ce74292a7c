import { always, derived, nameOf, RECORD_ATTRIBUTES, writable } from '../attribute.ts';
import type { RecordResource } from '../resource.ts';
import { COMMON_FILTERS, COMMON_SORTS } from './shared.ts';

export const organizations: RecordResource = {
  type: 'organizations',
  path: 'organizations',
  words: 'organizations',
  kind: 'organization',
  attributes: [
    writable('name', 'text', 'name', { required: true }),
    writable('short-name', 'text', 'shortName'),
    writable('description', 'text', 'description'),
    writable('alert', 'text', 'alert'),
    writable('quick-notes', 'text', 'quickNotes', { cutInLists: 250 }),
    writable('organization-type-id', 'id', 'type'),
    nameOf('organization-type-name', 'type'),
    writable('organization-status-id', 'id', 'status'),
    nameOf('organization-status-name', 'status'),
    derived('parent-id', 'id', 'parentId', true),
    derived('ancestor-ids', 'text', 'ancestorIds'),
    always('primary', 'flag', false),
    always('logo', 'text'),
    always('my-glue-account-id', 'id'),
    ...RECORD_ATTRIBUTES,
  ],
  filters: [
    { name: 'id', shape: 'id', on: { id: true }, exclude: true },
    { name: 'name', shape: 'text', on: { field: 'name' }, exclude: true },
    { name: 'organization_type_id', shape: 'id', on: { field: 'type' }, exclude: true },
    { name: 'organization_status_id', shape: 'id', on: { field: 'status' }, exclude: true },
    { name: 'my_glue_account_id', shape: 'id', on: { always: null } },
    { name: 'group_id', shape: 'id', on: { always: null } },
    { name: 'primary', shape: 'flag', on: { always: false } },
    ...COMMON_FILTERS,
  ],
  sorts: {
    name: { field: 'name' },
    short_name: { field: 'shortName' },
    organization_type_name: { nameOf: 'type' },
    organization_status_name: { nameOf: 'status' },
    my_glue_account_id: { record: 'id' },
    ...COMMON_SORTS,
  },
  includes: { adapters_resources: 'adapters_resources', attachments: 'none', rmm_companies: 'none' },
};
