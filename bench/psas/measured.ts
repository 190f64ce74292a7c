/** The PSA that syncs are measured with, and what the floor has to know of it: the one place that says which. */
export { headersFor, MEASURED, PROVIDER, REQUESTS_IN_FLIGHT } from './connectwise/api.ts';
export { countRequests, type KindCounts, leastRequests } from './connectwise/least-requests.ts';
export { type Requests, sortRequests } from './connectwise/requests.ts';
export { type ColumnValue, FLOOR_TABLES, type PsaRow, recordId } from './connectwise/rows.ts';
