import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Database } from '../../db/database.ts';
import type { ProviderRules, RequestedPush } from '../../db/edits/edit.ts';
import type { Authenticate, Caller } from './caller.ts';

export type ApiServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Routes or hooks of their own. Those that watch routes (rate limit, OpenAPI) have to come before the routes they watch. */
export type ApiPart = (server: ApiServer, deps: ApiDeps) => void | Promise<void>;

export interface ApiDeps {
  readonly database: Database;
  readonly rules: ProviderRules;
  readonly authenticate: Authenticate;
  /** Called once an edit is committed. Never fails and is not waited for: a push that is not started here starts later. */
  readonly startPushes: (tenant: Pick<Caller, 'tenantId' | 'tenantKey'>, pushes: readonly RequestedPush[]) => void;
  readonly clock?: () => Date;
  /** Where clients reach the API, for absolute links; left out: what the request was sent to. */
  readonly publicUrl?: string;
  readonly logger?: FastifyBaseLogger;
  /** In this order, before the resources of IT Glue's dialect. */
  readonly parts?: readonly ApiPart[];
}
