import { type SQL, sql } from 'drizzle-orm';

/** Of a link: whether a read of this number may not touch it, because its base is newer or our own write is under way. */
export function isStale(readSeq: string): SQL {
  return sql`(base_seq > ${readSeq}::bigint or coalesce(writing_until > now(), false))`;
}
