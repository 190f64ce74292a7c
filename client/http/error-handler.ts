import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, type ZodFastifySchemaValidationError } from 'fastify-type-provider-zod';
import { ReadOnlyFields } from '../../db/edits/edit.ts';
import { NotFound, Refusal } from '../../db/refusal.ts';
import { ApiError, apiError, type Complaint, type ErrorStatus, TITLES } from './api-error.ts';

/** Answers any failure in IT Glue's form. What we don't know is a 500 that says nothing of its inside. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = knownError(error);
  if (!known) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  const { status, errors } = known ?? apiError(500, 'Something went wrong here; the log of the API has more.');
  return reply.status(status).send({ errors });
}

function knownError(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const complaints = error.validation.flatMap((issue) => complaintsOf(issue, error.validationContext));
    return new ApiError(error.validationContext === 'body' ? 422 : 400, complaints);
  }
  if (error instanceof ReadOnlyFields) {
    return new ApiError(
      422,
      error.fields.map(({ field, reason }) => ({ detail: reason, source: { pointer: `/data/attributes/${field}` } })),
    );
  }
  if (error instanceof NotFound) return apiError(404, error.message);
  if (error instanceof Refusal) return apiError(422, [error.message, error.wayOut].filter(Boolean).join(' '));
  return fromFramework(error);
}

type Issue = Pick<ZodFastifySchemaValidationError, 'keyword' | 'instancePath' | 'params' | 'message'>;

/** A key that a schema does not know is complained about under its own name; of alternatives, the one that was meant. */
function complaintsOf(issue: Issue, part: string | undefined): Complaint[] {
  const path = issue.instancePath.replace(/\/$/u, '');
  const meant = issue.keyword === 'invalid_union' ? meantAlternative(issue, path) : null;
  if (meant) return meant.flatMap((inner) => complaintsOf(inner, part));
  const unknown = issue.keyword === 'unrecognized_keys' ? (issue.params['keys'] as string[]) : null;
  const paths = unknown ? unknown.map((key) => `${path}/${key}`) : [path];
  return paths.map((pointer) => ({
    detail: unknown ? 'is not known here' : (issue.message ?? 'is not valid'),
    source: part === 'body' ? { pointer } : { parameter: pointer.slice(1).replaceAll('/', '.') },
  }));
}

interface ZodIssue {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Of one object or several: the alternative whose complaints lie inside of it. */
function meantAlternative(issue: Issue, path: string): Issue[] | null {
  const alternatives = (issue.params['errors'] ?? []) as readonly (readonly ZodIssue[])[];
  const meant = alternatives.find((issues) => issues.length > 0 && issues.every((inner) => inner.path.length > 0));
  return (
    meant?.map(({ code, path: inner, message, ...params }) => ({
      keyword: code,
      instancePath: [path, ...inner].join('/'),
      message,
      params,
    })) ?? null
  );
}

/** Fastify's own complaints: body too large, no JSON, wrong media type. */
function fromFramework(error: unknown): ApiError | null {
  const { statusCode, message } = error as Partial<FastifyError>;
  if (statusCode === undefined || statusCode >= 500 || !(statusCode in TITLES)) return null;
  return apiError(statusCode as ErrorStatus, message ?? '');
}
