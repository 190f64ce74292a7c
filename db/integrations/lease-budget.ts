import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';

/** The share of a window that pulls leave to pushes. */
export const PUSH_RESERVE = 0.1;

export interface LeaseRequest {
  readonly integrationId: string;
  /** Whose window the requests are taken out of: an endpoint's, or the empty name for that of the whole integration. */
  readonly window: string;
  /** Whose requests in flight are shared: the same. */
  readonly lane: string;
  /** A number of this process's own. */
  readonly holder: string;
  /** Requests wanted as a block. */
  readonly tokens: number;
  /** Requests in flight wanted. */
  readonly slots: number;
  /** Requests of this holder's that are in flight on this lane now: they keep their slots until they are over. */
  readonly inUse: number;
  /** How long a holder that dies keeps its slots; one that lives prolongs them while they are in use. */
  readonly slotSeconds: number;
  /** Share of the window that stays for others (pulls leave pushes a reserve), 0 to 1. */
  readonly reserve: number;
}

export interface Lease {
  /** Requests granted; 0 when the window is spent, or when there are no slots to use them with. */
  readonly tokens: number;
  /** Requests that may be in flight; 0 while others have them all: then ask again, which makes them give some back. */
  readonly slots: number;
  /** The PSA asked for rest: nothing may be sent for so long, tokens or not. */
  readonly restMs: number;
  /** Until the next window begins; what was granted is good for this one only. */
  readonly windowMs: number;
  readonly needsCredentials: boolean;
}

/**
 * Takes a block of requests out of a window, and a share of the requests in flight. Exact over all processes: the
 * window's row is locked while it is counted.
 */
export async function leaseBudget(tx: TenantTx, request: LeaseRequest): Promise<Lease> {
  const { tenantId } = tx;
  const { integrationId, window } = request;
  await tx.db.execute(sql`
    insert into budgets (tenant_id, integration_id, endpoint) values (${tenantId}, ${integrationId}, ${window})
    on conflict do nothing`);
  const [row] = await tx.db.execute<{
    blocked_ms: string;
    needs_credentials: boolean;
    limit: number;
    in_flight: number;
    used: number;
    window_left_ms: string;
  }>(sql`
    update budgets b set
      used = case when b.window_started_at + i.length <= now() then 0 else b.used end,
      window_started_at = case when b.window_started_at + i.length <= now() then now() else b.window_started_at end
    from (
      select blocked_until, needs_credentials, (settings ->> 'requestsPerWindow')::int as "limit",
        (settings ->> 'requestsInFlight')::int as in_flight, make_interval(secs => (settings ->> 'windowSeconds')::float) as length
      from integrations where tenant_id = ${tenantId} and id = ${integrationId}) i
    where b.tenant_id = ${tenantId} and b.integration_id = ${integrationId} and b.endpoint = ${window}
    returning greatest(0, extract(epoch from i.blocked_until - clock_timestamp()) * 1000) as blocked_ms, i.needs_credentials,
      i."limit", i.in_flight, b.used, extract(epoch from b.window_started_at + i.length - now()) * 1000 as window_left_ms`);
  if (!row) throw new Error(`integration ${integrationId} does not exist`);
  const blockedMs = Math.ceil(Number(row.blocked_ms ?? 0));
  if (row.needs_credentials || blockedMs > 0) {
    return { tokens: 0, slots: 0, restMs: blockedMs, windowMs: 0, needsCredentials: row.needs_credentials };
  }
  const windowMs = Math.ceil(Number(row.window_left_ms));
  const slots = await takeSlots(tx, request, row.in_flight);
  const usable = slots === 0 ? 0 : Math.floor(row.limit * (1 - request.reserve)) - row.used;
  const tokens = Math.max(0, Math.min(request.tokens, usable));
  await tx.db.execute(sql`
    update budgets set used = used + ${tokens}
    where tenant_id = ${tenantId} and integration_id = ${integrationId} and endpoint = ${window}`);
  return { tokens, slots, restMs: 0, windowMs, needsCredentials: false };
}

/** How long one that got none counts as waiting if it does not ask again. */
const WAITING_SECONDS = 3;

/** A share of the slots that others leave. While somebody waits for one, nobody has more than an equal share. */
async function takeSlots(tx: TenantTx, request: LeaseRequest, inFlight: number): Promise<number> {
  const { tenantId } = tx;
  const { integrationId, window, lane, holder } = request;
  if (lane !== window) await lockLane(tx, integrationId, lane);
  const [row] = await tx.db.execute<{ taken: string; others: string; waiting: string; mine: string }>(sql`
    select coalesce(sum(slots) filter (where holder <> ${holder}::bigint), 0) as taken,
      count(*) filter (where holder <> ${holder}::bigint) as others,
      count(*) filter (where holder <> ${holder}::bigint and slots = 0) as waiting,
      coalesce(max(slots) filter (where holder = ${holder}::bigint), 0) as mine
    from budget_slots
    where tenant_id = ${tenantId} and integration_id = ${integrationId} and endpoint = ${lane} and expires_at > now()`);
  const { taken = 0, others = 0, waiting = 0, mine = 0 } = row ?? {};
  const equal = Math.floor(inFlight / (Number(others) + 1));
  // Where there are more who want slots than slots, those who have one and those who wait for one take turns.
  const share = Number(waiting) === 0 ? inFlight : Math.max(equal, Number(mine) === 0 ? 1 : 0);
  const slots = Math.max(0, Math.min(request.slots, share, inFlight - Number(taken)));
  const kept = Math.max(slots, request.inUse);
  const seconds = kept === 0 ? WAITING_SECONDS : request.slotSeconds;
  await tx.db.execute(sql`
    insert into budget_slots (tenant_id, integration_id, endpoint, holder, slots, expires_at)
    values (${tenantId}, ${integrationId}, ${lane}, ${holder}, ${kept}, now() + make_interval(secs => ${seconds}))
    on conflict (tenant_id, integration_id, endpoint, holder) do update set slots = excluded.slots, expires_at = excluded.expires_at`);
  return slots;
}

/** Where windows and slots are counted by other endpoints, the window's row does not keep apart two who count the same slots. */
async function lockLane(tx: TenantTx, integrationId: string, lane: string): Promise<void> {
  await tx.db.execute(sql`
    insert into budgets (tenant_id, integration_id, endpoint) values (${tx.tenantId}, ${integrationId}, ${lane})
    on conflict do nothing`);
  await tx.db.execute(sql`
    select from budgets where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and endpoint = ${lane} for update`);
}

/** Keeps what a holder has for so many seconds more. */
export async function prolongSlots(
  tx: TenantTx,
  { integrationId, holder, lane, slotSeconds }: Pick<LeaseRequest, 'integrationId' | 'holder' | 'lane' | 'slotSeconds'>,
): Promise<void> {
  await tx.db.execute(sql`
    update budget_slots set expires_at = now() + make_interval(secs => ${slotSeconds})
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and endpoint = ${lane} and holder = ${holder}::bigint`);
}

/** A number of its own for a process that leases. */
export async function drawHolder(tx: TenantTx): Promise<string> {
  const [row] = await tx.db.execute<{ id: string }>(sql`select nextval('ids')::text as id`);
  return row?.id ?? '0';
}

/** Gives a holder's slots back at once, instead of by the clock: those of a lane, or all. */
export async function returnSlots(tx: TenantTx, integrationId: string, holder: string, lane?: string): Promise<void> {
  const onLane = lane === undefined ? sql`` : sql`and endpoint = ${lane}`;
  await tx.db.execute(sql`
    delete from budget_slots where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and holder = ${holder}::bigint ${onLane}`);
}
