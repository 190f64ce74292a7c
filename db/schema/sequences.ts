import { pgSequence } from 'drizzle-orm/pg-core';

/** Numbers every row that has an id of its own: an id names one thing in the whole database. */
export const ids = pgSequence('ids', { startWith: 1, cache: 1 });

/** Orders reads of a PSA (drawn before the request) against bases and writes (drawn after the answer). */
export const syncSeq = pgSequence('sync_seq', { startWith: 1, cache: 1 });
