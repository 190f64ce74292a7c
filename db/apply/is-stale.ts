import { type SQL, sql } from 'drizzle-orm';

/** Of a link: whether a read of this number may not touch it, because its base is newer or our own write is under way. */
export function isStale(readSeq: string): SQL {
  return sql`(base_seq > ${readSeq}::bigint or coalesce(writing_until > now(), false))`;
}

/** For what only looks: newer than any base. */
export const NEWEST_READ = '9223372036854775807';
