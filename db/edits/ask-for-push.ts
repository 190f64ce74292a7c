import { sql } from 'drizzle-orm';

/** A push that is asked for anew, whatever became of it before; for the end of an insert into `pushes`. */
export const AGAIN = sql`
  on conflict (record_id, integration_id, tenant_id) do update set state = 'pending', version = pushes.version + 1,
    origin = excluded.origin, author = excluded.author, requested_at = now(), reason_code = null, reason = null,
    waits_for = null, attempts = 0, settled_at = null`;
