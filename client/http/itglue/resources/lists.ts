import type { LookupSort } from '../../../../db/api/read-lookups.ts';
import type { LookupList } from '../../../../domain/fields.ts';
import { type Attribute, shown, writable } from '../attribute.ts';
import type { ListResource } from '../resource.ts';

/** A row of a list does not say when it was renamed, so both times are the one it was made. */
const SORTS: Readonly<Record<string, LookupSort>> = {
  name: 'name',
  id: 'id',
  created_at: 'createdAt',
  updated_at: 'createdAt',
};

const NAME = writable('name', 'text', 'name', { required: true });
const MANUFACTURER = [writable('manufacturer-id', 'id', 'parentId'), shown('manufacturer-name', 'text', 'parentName')];
const SHOWN: readonly Attribute[] = [
  shown('synced', 'flag', 'synced'),
  shown('created-at', 'time', 'createdAt'),
  shown('updated-at', 'time', 'createdAt'),
];

const listResource = (list: LookupList, path: string, more: Partial<ListResource> = {}): ListResource => ({
  type: path.replaceAll('_', '-'),
  path,
  words: path.replaceAll('_', ' '),
  list,
  attributes: [NAME, ...SHOWN],
  filters: ['id', 'name'],
  sorts: SORTS,
  ...more,
});

export const LIST_RESOURCES: readonly ListResource[] = [
  listResource('organization_type', 'organization_types'),
  listResource('organization_status', 'organization_statuses'),
  listResource('configuration_type', 'configuration_types', {
    attributes: [NAME, shown('configurations-count', 'count', 'count'), ...SHOWN],
  }),
  listResource('configuration_status', 'configuration_statuses'),
  listResource('contact_type', 'contact_types'),
  listResource('manufacturer', 'manufacturers'),
  listResource('model', 'models', {
    attributes: [NAME, ...MANUFACTURER, ...SHOWN],
    filters: ['id', 'name', 'manufacturer_id'],
    sorts: { ...SORTS, manufacturer_id: 'parent' },
  }),
];
