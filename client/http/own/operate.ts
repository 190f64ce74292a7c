import { type Client, isGrpcServiceError } from '@temporalio/client';
import { z } from 'zod';
import type { TemporalUi } from '../../temporal/ui-links.ts';
import type { TenantTx, WriteOrigin } from '../../../db/database.ts';
import { apiError } from '../api-error.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';

/** What the resources for operators need besides the database. */
export interface OperateDeps {
  /** Connects when it is first used. */
  readonly temporal: Client;
  readonly temporalUi: TemporalUi;
  readonly housekeepingSeconds: number;
}

/** The same with what the whole API works with, as routes take it. */
export type Operate = OperateDeps & Pick<ApiDeps, 'database' | 'rules' | 'startPushes'>;

/** A transaction of whoever called. */
export function asCaller<T>(
  { database }: Operate,
  { tenantId, name }: Caller,
  work: (tx: TenantTx) => Promise<T>,
  origin: WriteOrigin = 'local',
): Promise<T> {
  return database.withTenant(tenantId, work, origin, name);
}

/** A person waits for the answer. */
const TEMPORAL_MS = 5_000;

/** gRPC's own numbers: deadline exceeded, unavailable. */
const AWAY = [4, 14];

/** Asks Temporal for something. Throws 503 while it is away. */
export async function withTemporal<T>({ temporal }: OperateDeps, work: (client: Client) => Promise<T>): Promise<T> {
  try {
    return await temporal.withDeadline(Date.now() + TEMPORAL_MS, () => work(temporal));
  } catch (error) {
    if (!isAway(error)) throw error;
    throw apiError(503, 'Temporal does not answer, so nothing was started. Try again in a moment.');
  }
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (isGrpcServiceError(error) && AWAY.includes(Number(error.code))) || isAway(error.cause);
}

const ERROR_DOCUMENT = z
  .object({
    errors: z.array(
      z.object({
        status: z.int(),
        title: z.string(),
        detail: z.string().optional(),
        source: z.union([z.object({ pointer: z.string() }), z.object({ parameter: z.string() })]).optional(),
      }),
    ),
  })
  .describe('Why it could not be done');

/** What every route of ours can answer besides what it is for. */
export const ERRORS = { '4xx': ERROR_DOCUMENT, '5xx': ERROR_DOCUMENT } as const;
