export { approveOrphans } from './approve-orphans.ts';
export { contactSync } from './contact-sync.ts';
export { fullSync } from './full-sync.ts';
export { housekeeping } from './housekeeping.ts';
export { pushAll } from './push-all.ts';
export { pushRecord } from './push-record.ts';
export { scheduledSync } from './scheduled-sync.ts';
export { syncRecord } from './sync-record.ts';
