import type { SortKey } from '../../../../db/api/record-query.ts';
import type { RecordFilter } from '../resource.ts';

/** Filters that all four kinds have. IT Glue knows the two times on organizations only. */
export const COMMON_FILTERS: readonly RecordFilter[] = [
  { name: 'psa_id', shape: 'text', on: { psa: 'id' } },
  { name: 'psa_integration_type', shape: 'psaType', on: { psa: 'type' } },
  { name: 'created_at', shape: 'range', on: { time: 'createdAt' } },
  { name: 'updated_at', shape: 'range', on: { time: 'updatedAt' } },
];

export const COMMON_SORTS: Readonly<Record<string, SortKey>> = {
  id: { record: 'id' },
  created_at: { record: 'createdAt' },
  updated_at: { record: 'updatedAt' },
};
